// How long texts may be: what fits into one push, so that a phone shows all of it without the network.

const encoder = new TextEncoder();

export const TITLE_CHARACTERS = 120; // openapi.yaml, Text
export const PUSH_BYTES = 3300; // title and body in a payload of 4,096 bytes, beside all else (shared/formats/push.py)

/** Bytes inside a JSON string: quotes and line breaks take two. */
export const bytes = (text) => encoder.encode(JSON.stringify(text)).length - 2;

/** @returns {{title: number, push: number}} how much is left: characters of the title, bytes of the push */
export const room = ({ title, body }) => ({
  title: TITLE_CHARACTERS - [...title.trim()].length,
  push: PUSH_BYTES - bytes(title.trim()) - bytes(body.trim()),
});
