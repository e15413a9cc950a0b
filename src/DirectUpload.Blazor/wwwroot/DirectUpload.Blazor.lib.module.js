// Blazor loads this file by its name. It serves pages that are rendered statically and arrive by enhanced navigation or by streaming.
let submitted = [];
let answered = [];

export function afterWebStarted(blazor) {
  load();
  blazor.addEventListener('enhancedload', load);
  document.addEventListener('submit', keepElements, { capture: true });
  blazor.addEventListener('enhancednavigationstart', () => { [answered, submitted] = [submitted, []]; });
  blazor.addEventListener('enhancednavigationend', showAnswer);
}

// Such a page does not run its script elements.
function load() {
  if (document.querySelector('direct-upload:not(:defined)')) void import('./direct-upload.js');
}

function keepElements({ target }) {
  submitted = [...target.elements].filter((element) => element.localName === 'direct-upload');
  // If Blazor does not send the form itself, navigation starts later or never.
  setTimeout(() => { submitted = []; });
}

// The page merges the answer into the elements that it has; their uploads are those of the answer, as after a full load.
function showAnswer() {
  for (const element of answered) if (element.isConnected) element.value = element.getAttribute('value') ?? '';
  answered = [];
}
