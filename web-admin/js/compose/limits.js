// How long texts may be: what fits into one push, so that a phone shows all of it without the network.

const encoder = new TextEncoder();

export const TITLE_CHARACTERS = 120; // openapi.yaml, Text
export const PUSH_BYTES = 3300; // title and body in a payload of 4,096 bytes, beside all else (shared/formats/push.py)

/** Bytes inside a JSON string: quotes and line breaks take two. */
export const bytes = (text) => encoder.encode(JSON.stringify(text)).length - 2;

const POLISH = 1.1; // bytes to a character of Polish prose

/** Characters that about fit into the bytes left, by tens; too much stays too much, however little it is. */
const characters = (left) => Math.floor(left / POLISH / 10) * 10;

/** @returns {{title: number, push: number}} characters left in the title, and about how many in the push */
export const room = ({ title, body }) => ({
  title: TITLE_CHARACTERS - [...title.trim()].length,
  push: characters(PUSH_BYTES - bytes(title.trim()) - bytes(body.trim())),
});
