/**
 * Takes the engine's frames (type, three zeros, length, bytes) out of a stream, whatever the chunks: answers the bytes
 * of each chunk that belong to the process, both of its streams in the order they came. Throws when there are no frames.
 */
export function createUnframe(): (chunk: Buffer) => Buffer {
  const head = Buffer.alloc(8);
  let headFilled = 0;
  let left = 0;
  return (chunk) => {
    const parts: Buffer[] = [];
    let at = 0;
    while (at < chunk.length) {
      if (left > 0) {
        const part = chunk.subarray(at, at + left);
        parts.push(part);
        at += part.length;
        left -= part.length;
        continue;
      }
      const copied = chunk.copy(head, headFilled, at, at + 8 - headFilled);
      at += copied;
      headFilled += copied;
      if (headFilled < 8) break;
      headFilled = 0;
      if ((head[0] ?? 9) > 3 || head[1] !== 0) throw new Error("the stream has no frames");
      left = head.readUInt32BE(4);
    }
    return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
  };
}
