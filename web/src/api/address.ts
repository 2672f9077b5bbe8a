// Where the server is: beside the page, also when a reverse proxy serves both below a folder.

export function address(route: string): URL {
  return new URL(`api/v1/${route}`, document.baseURI);
}

export function webSocketAddress(route: string): URL {
  const url = address(route);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url;
}

/** The server's address for people and command lines, without a trailing slash. */
export function serverAddress(): string {
  return new URL('.', document.baseURI).href.replace(/\/$/, '');
}
