// A few uploads at a time: a browser opens six connections to a host at most, and each file is in memory while it is hashed.

const atOnce = 3;
const waiting = [];
let running = 0;

/** Calls `start` when there is room; returns a function that takes it out of the line, if it still is in it. */
export function enqueue(start) {
  waiting.push(start);
  next();
  return () => {
    const place = waiting.indexOf(start);
    if (place >= 0) waiting.splice(place, 1);
  };
}

function next() {
  while (running < atOnce && waiting.length > 0) {
    running++;
    Promise.resolve(waiting.shift()()).finally(() => { running--; next(); });
  }
}
