// Follows an upload by server-sent events. Not by EventSource, which can send no header: the token would stand in the URL.

/**
 * Yields the status object at each change, until the application ends the stream; whoever wants to know more then asks again, with the
 * id of the last event.
 */
export async function* follow(url, token, { signal, after } = {}) {
  const headers = { Accept: 'text/event-stream', 'Upload-Token': token };
  if (after) headers['Last-Event-ID'] = after;
  const response = await fetch(url, { headers, signal, cache: 'no-store' });
  if (response.status !== 200) return;

  let text = '';
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    text += read.value;
    const events = text.split('\n\n');
    text = events.pop();
    for (const event of events) {
      const data = field(event, 'data');
      if (data) yield { id: field(event, 'id'), record: JSON.parse(data) };
    }
  }
}

function field(event, name) {
  return event.split('\n').find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
}
