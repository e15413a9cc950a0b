import { createUploadClient } from '/_content/DirectUpload.AspNetCore/direct-upload.js';

// While an upload is processed, it waits for a moderator.
document.querySelector('direct-upload').client = createUploadClient({ texts: { 'ui.processing': 'Waiting for review' } });

let timer;

// Changes that come together are shown together.
function refresh() {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const answer = await fetch('/');
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    document.querySelector('#uploads').replaceChildren(...page.querySelector('#uploads').children);
  }, 200);
}

// The server sends each change of the visitor's uploads, also days later and to another tab.
new EventSource('/uploads/events').onmessage = refresh;
document.addEventListener('upload-removed', refresh);
