/** A static host as plain as they come: a folder under a base path. */

import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".xml": "application/xml",
  ".svg": "image/svg+xml",
};

/** Serves `folder` under `base`; gives the origin and a way to stop. */
export async function serveFolder(folder, base) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://host").pathname);
    if (!path.startsWith(base)) return end(response, 404, "text/plain", "outside of the site");
    let file = join(folder, normalize(path.slice(base.length)));
    try {
      if ((await stat(file)).isDirectory()) {
        if (!path.endsWith("/")) {
          response.writeHead(301, { location: `${path}/` });
          return response.end();
        }
        file = join(file, "index.html");
      }
      end(response, 200, TYPES[extname(file)] ?? "application/octet-stream", await readFile(file));
    } catch {
      end(response, 404, "text/html; charset=utf-8", await readFile(join(folder, "404.html")));
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

function end(response, status, type, body) {
  response.writeHead(status, { "content-type": type });
  response.end(body);
}
