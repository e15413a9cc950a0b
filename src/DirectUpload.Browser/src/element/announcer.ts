// One polite live region for the whole element. What happens together is announced together.

const pause = 700;
const most = 4;

export function announceIn(region: HTMLElement, summary: () => string): (text: string) => void {
  let waiting: string[] = [];
  return (text) => {
    if (waiting.push(text) > 1) return;
    setTimeout(() => {
      region.textContent = waiting.length > most ? summary() : waiting.join('. ');
      waiting = [];
    }, pause);
  };
}
