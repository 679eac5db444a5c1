// One worker for all tabs of the preview. It holds the only connection and passes on
// state changes.

const tabs = new Set();
let shown = null;

function listen() {
  const source = new EventSource("/__offprint/events");
  source.onmessage = (event) => {
    shown = event.data;
    for (const tab of tabs) tab.postMessage(shown);
  };
  source.onerror = () => {
    // New tabs are not sent old state, since the server may be another one.
    shown = null;
    // The browser reconnects by itself, unless the response was not an event stream.
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  };
}

onconnect = ({ ports: [tab] }) => {
  tabs.add(tab);
  tab.onmessage = () => tabs.delete(tab);
  if (shown) tab.postMessage(shown);
};

listen();
