// The text of a file, whatever program saved it: UTF-8, UTF-16 with its mark, else as Polish Windows does.

const MARKS = { 'utf-16le': [0xff, 0xfe], 'utf-16be': [0xfe, 0xff] };

/** @param {ArrayBuffer} buffer */
export function decoded(buffer) {
  const bytes = new Uint8Array(buffer);
  const marked = Object.entries(MARKS).find(([, mark]) => mark.every((byte, index) => bytes[index] === byte));
  if (marked) return new TextDecoder(marked[0]).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1250').decode(bytes);
  }
}
