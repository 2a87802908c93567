// What the shell loads once there is a session.

export { banner } from './banner.js';
export { startReceiving } from './receiving.js';
export { tryOut } from './trial.js';
