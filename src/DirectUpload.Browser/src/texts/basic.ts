// The errors that a page shows in English even if it cannot load any texts; they are in the main module.
export const basic = {
  'failed': 'The upload did not succeed. Try again.',
  'network': 'The connection was lost. Check it and try again.',
  'offline': 'You are offline. The upload continues when you are online.',
};
