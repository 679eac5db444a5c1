// One worker for all tabs that show the preview. It holds the only connection
// and passes on what there is to see.

const tabs = new Set();
let shown = null;

function listen() {
  const source = new EventSource("/__offprint/events");
  source.onmessage = (event) => {
    shown = event.data;
    for (const tab of tabs) tab.postMessage(shown);
  };
  source.onerror = () => {
    // What was known is not told to new tabs: the server may be another one.
    shown = null;
    // The browser tries again by itself, unless it got an answer of another kind.
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  };
}

onconnect = ({ ports: [tab] }) => {
  tabs.add(tab);
  tab.onmessage = () => tabs.delete(tab);
  if (shown) tab.postMessage(shown);
};

listen();
