const list = document.getElementById('records');

const text = (tag, content, name) => Object.assign(document.createElement(tag), { textContent: content, className: name ?? '' });

function row(record) {
  const item = document.createElement('li');
  item.dataset.status = record.status;
  const name = record.contentUrl ? Object.assign(text('a', record.fileName), { href: record.contentUrl }) : text('span', record.fileName);
  item.append(name, text('span', `${record.size.toLocaleString()} bytes`), text('strong', record.status), text('code', record.key));
  return item;
}

/** Shows the server's records of this visitor's uploads. */
export async function showRecords() {
  const answer = await fetch('/records');
  if (answer.ok) list.replaceChildren(...(await answer.json()).map(row));
}
