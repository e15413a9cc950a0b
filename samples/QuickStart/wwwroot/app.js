// The page: choose a profile, add files, watch them and the records.
import { RecordsTable } from './records.js';
import { UploadRow } from './row.js';

const hints = {
  avatar: { text: 'Images up to 5 MB. Several at once are fine.', accept: 'image/*' },
  document: {
    text: 'PDF, Office documents, text or zip up to 50 MB. Processed by the worker: a file with “slow”, “flaky”, “broken” or “forbidden” in its name lets you watch it struggle.',
    accept: '.pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.txt,.csv,.md,.zip',
  },
};

const rows = [];
const list = document.getElementById('rows');
const empty = document.getElementById('empty');
const input = document.getElementById('file-input');
const drop = document.getElementById('drop');

const records = new RecordsTable((id) => rows.find((row) => row.id === id)?.readToken ?? null);

function changed() {
  empty.hidden = list.childElementCount > 0;
  // The picture at the top comes alive while bytes really travel.
  document.body.classList.toggle('sending', rows.some((row) => row.node.dataset.status === 'uploading'));
  records.refresh();
}

function add(files) {
  const profile = document.querySelector('input[name=profile]:checked').value;
  const added = [...files].map((file) => new UploadRow(file, profile, changed));
  rows.unshift(...added);
  list.prepend(...added.map(({ node }) => node));
  changed();
}

function showHint() {
  const { text, accept } = hints[document.querySelector('input[name=profile]:checked').value];
  document.getElementById('drop-hint').textContent = text;
  // Only a help in the dialog; the application decides.
  input.accept = accept;
}

for (const choice of document.querySelectorAll('input[name=profile]')) choice.addEventListener('change', showHint);
showHint();

input.addEventListener('change', () => {
  add(input.files);
  // So that choosing the same file again is a change again.
  input.value = '';
});

// The whole page takes drops: a file let go beside the zone must not replace the page.
let depth = 0;
const hasFiles = (event) => event.dataTransfer?.types.includes('Files');
const hover = (on) => drop.classList.toggle('over', on);
addEventListener('dragenter', (event) => { if (hasFiles(event)) { depth++; hover(true); } });
addEventListener('dragleave', (event) => { if (hasFiles(event) && --depth <= 0) { depth = 0; hover(false); } });
addEventListener('dragover', (event) => { if (hasFiles(event)) { event.preventDefault(); event.dataTransfer.dropEffect = 'copy'; } });
addEventListener('drop', (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  depth = 0;
  hover(false);
  add(event.dataTransfer.files);
});

addEventListener('beforeunload', (event) => { if (rows.some((row) => row.isSending)) event.preventDefault(); });
