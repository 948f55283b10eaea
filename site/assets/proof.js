// What the log proves, reckoned in the browser: keys, signed checkpoint, inclusion of a leaf (c2sp.org/signed-note, tlog-checkpoint,
// tlog-tiles; RFC 6962). It shows nothing. What is wrong comes as Wrong, with the file and the check; what could not be read as Unread.
"use strict";
const Proof = (() => {
  const ED25519 = 1;
  const P256 = 2;
  const WIDTH = 256; // Hashes in a full tile, leaves in a full bundle.
  const HASH = 32;
  const utf8 = new TextEncoder();

  class Wrong extends Error {
    constructor(file, word, ...details) { super(word); Object.assign(this, { file, word, details }); }
  }
  class Unread extends Error {
    constructor(file, word, ...details) { super(word); Object.assign(this, { file, word, details }); }
  }

  const fetched = new Map();
  const read = (path, max) => {
    if (!fetched.has(path)) fetched.set(path, load(path, max));
    return fetched.get(path);
  };
  // Null where the site says that it has no such file.
  const load = async (path, max) => {
    let answer;
    let bytes;
    try {
      answer = await fetch(`/${path}`, { cache: "no-cache", redirect: "error", credentials: "omit" });
      if (answer.status === 404) return null;
      if (answer.ok) bytes = new Uint8Array(await answer.arrayBuffer());
    } catch (fault) {
      throw new Unread(path, "not-fetched", fault.message);
    }
    if (!bytes) throw new Unread(path, "not-fetched", `HTTP ${answer.status}`);
    if (bytes.length > max) throw new Wrong(path, "too-long", bytes.length, max);
    return bytes;
  };
  const must = async (path, max) => {
    const bytes = await read(path, max);
    if (!bytes) throw new Wrong(path, "missing");
    return bytes;
  };

  const concat = (...parts) => {
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    parts.reduce((at, part) => { all.set(part, at); return at + part.length; }, 0);
    return all;
  };
  const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", concat(...parts)));
  const hex = (bytes) => Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
  const ofHex = (text) => /^([0-9a-f]{2})*$/.test(text) ? Uint8Array.from(text.match(/../g) || [], (two) => parseInt(two, 16)) : null;
  const equal = (one, other) => one.length === other.length && one.every((byte, i) => byte === other[i]);
  // Null for what base64 would not be written as.
  const ofBase64 = (text) => {
    try {
      const binary = atob(text);
      return btoa(binary) === text ? Uint8Array.from(binary, (one) => one.charCodeAt(0)) : null;
    } catch { return null; }
  };
  const text = (file, bytes) => {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch { throw new Wrong(file, "form"); }
  };

  // Keys, one a line: <name>+<id>+<base64(type || key)>.
  const keys = async () => {
    const file = "log/vkey";
    const lines = text(file, await must(file, 65536)).split("\n");
    if (lines.pop() !== "" || lines.length === 0 || lines.length > 64) throw new Wrong(file, "form");
    return Promise.all(lines.map(async (line) => {
      const parts = /^([^\s+]+)\+([0-9a-f]{8})\+(.+)$/u.exec(line);
      const bytes = parts && ofBase64(parts[3]);
      if (!bytes || bytes.length < 2) throw new Wrong(file, "form");
      const [name, type, key] = [parts[1], bytes[0], bytes.slice(1)];
      const id = hex(await (type === P256 ? sha256(key) : sha256(utf8.encode(`${name}\n`), bytes))).slice(0, 8);
      if (id !== parts[2]) throw new Wrong(file, "key-id", parts[2], id);
      return { name, type, key, id };
    }));
  };

  // The text with its last line feed, and the lines of signatures behind the blank line.
  const note = (file, bytes) => {
    const all = text(file, bytes);
    const end = all.lastIndexOf("\n\n");
    // eslint-disable-next-line no-control-regex
    if (end < 0 || !all.endsWith("\n") || /[\u0000-\u0009\u000b-\u001f]/.test(all)) throw new Wrong(file, "form");
    const lines = all.slice(end + 2, -1).split("\n");
    if (lines.length > 100) throw new Wrong(file, "form");
    const signatures = lines.map((line) => {
      const parts = /^\u2014 ([^\s+]+) (\S+)$/u.exec(line);
      const data = parts && ofBase64(parts[2]);
      if (!data || data.length < 5) throw new Wrong(file, "form");
      return { name: parts[1], id: hex(data.slice(0, 4)), signature: data.slice(4) };
    });
    return { text: all.slice(0, end + 1), signatures };
  };

  // An ECDSA signature in DER as the two numbers that browsers want; null for another form.
  const raw = (der) => {
    if (der[0] !== 0x30 || der[1] !== der.length - 2 || der.length > 72) return null;
    const out = new Uint8Array(2 * HASH);
    let at = 2;
    for (const place of [HASH, 2 * HASH]) {
      const length = der[at + 1];
      let number = der.slice(at + 2, at + 2 + length);
      if (der[at] !== 2 || length < 1 || number.length !== length || number[0] > 127) return null;
      if (number[0] === 0 && length > 1) {
        if (number[1] < 128) return null;
        number = number.slice(1);
      }
      if (number.length > HASH) return null;
      out.set(number, place - number.length);
      at += 2 + length;
    }
    return at === der.length ? out : null;
  };

  // True or false; null where this browser has no such algorithm.
  const accepts = async (key, bytes, signature) => {
    if (key.type === P256) {
      const how = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
      const numbers = raw(signature);
      const imported = await crypto.subtle.importKey("spki", key.key, how, false, ["verify"]);
      return numbers !== null && crypto.subtle.verify(how, imported, numbers, bytes);
    }
    let imported;
    try {
      imported = await crypto.subtle.importKey("raw", key.key, "Ed25519", false, ["verify"]);
    } catch { return null; }
    return crypto.subtle.verify("Ed25519", imported, signature, bytes);
  };

  // The checkpoint, with the ids of the keys that verified and of those that this browser could not try.
  const checkpoint = async () => {
    const file = "log/checkpoint";
    const [known, signed] = [await keys(), note(file, await must(file, 65536))];
    const [origin, size, root] = signed.text.split("\n");
    const rootHash = ofBase64(root || "");
    if (!origin || !/^(0|[1-9]\d{0,15})$/.test(size) || !Number.isSafeInteger(+size) || !rootHash || rootHash.length !== HASH) throw new Wrong(file, "form");
    const verified = [];
    const untried = [];
    for (const { name, id, signature } of signed.signatures) {
      const key = known.find((one) => one.name === name && one.id === id && (one.type === ED25519 || one.type === P256));
      if (!key) continue; // A witness, or somebody whom this page knows nothing of.
      let good;
      try {
        good = await accepts(key, utf8.encode(signed.text), signature);
      } catch { throw new Wrong("log/vkey", "form"); }
      if (good === false || key.name !== origin) throw new Wrong(file, "signature", id);
      (good === null ? untried : verified).push(id);
    }
    if (verified.length === 0) throw new Wrong(file, "unsigned");
    return { origin, size: +size, root, rootHash, verified, untried, others: signed.signatures.length - verified.length - untried.length };
  };

  const place = (index) => {
    let path = String(index % 1000).padStart(3, "0");
    for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) path = `x${String(rest % 1000).padStart(3, "0")}/${path}`;
    return path;
  };
  // A tile or bundle of a tree: whole, or as wide as the tree needs. The full one may have taken the place of a narrower one.
  const part = async (folder, index, count, max) => {
    const full = `log/tile/${folder}/${place(index)}`;
    const width = Math.min(WIDTH, count - (index * WIDTH));
    const path = width === WIDTH ? full : `${full}.p/${width}`;
    const bytes = await read(path, max);
    if (bytes || width === WIDTH) return { path, width, bytes: bytes || await must(path, max) };
    const whole = await read(full, max);
    if (!whole) throw new Wrong(path, "missing");
    return { path: full, width: WIDTH, bytes: whole };
  };

  const leafHash = (leaf) => sha256([0], leaf);
  const nodeHash = (left, right) => sha256([1], left, right);

  const leaf = async (index, size) => {
    const { path, width, bytes } = await part("entries", Math.floor(index / WIDTH), size, WIDTH * 65537);
    let found = null;
    let at = 0;
    for (let i = 0; i < width; i++) {
      const length = (bytes[at] << 8) | bytes[at + 1];
      if (at + 2 + length > bytes.length) throw new Wrong(path, "form");
      if (i === index % WIDTH) found = bytes.slice(at + 2, at + 2 + length);
      at += 2 + length;
    }
    if (at !== bytes.length) throw new Wrong(path, "form");
    return { path, bytes: found };
  };

  // The root of the checkpoint's tree with this leaf in it: everything beside the leaf's way up comes from tiles.
  const root = async (index, hash, size) => {
    const used = [];
    const complete = async (from, levels) => {
      const level = Math.floor(levels / 8);
      const first = from / (2 ** (8 * level));
      const { path, width, bytes } = await part(String(level), Math.floor(first / WIDTH), Math.floor(size / (2 ** (8 * level))), WIDTH * HASH);
      if (bytes.length !== width * HASH) throw new Wrong(path, "form");
      if (!used.includes(path)) used.push(path);
      let hashes = Array.from({ length: 2 ** (levels % 8) }, (_, i) => bytes.slice(((first % WIDTH) + i) * HASH, ((first % WIDTH) + i + 1) * HASH));
      while (hashes.length > 1) hashes = await Promise.all(hashes.filter((_, i) => i % 2 === 0).map((left, i) => nodeHash(left, hashes[(2 * i) + 1])));
      return hashes[0];
    };
    const of = async (from, count) => {
      const holds = index >= from && index < from + count;
      if (holds && count === 1) return hash;
      const levels = Math.log2(count);
      if (!holds && Number.isInteger(levels)) return complete(from, levels);
      let left = 1;
      while (left * 2 < count) left *= 2;
      return nodeHash(await of(from, left), await of(from + left, count - left));
    };
    const made = await of(0, size);
    return { root: made, used };
  };

  // A leaf, proven to lie at its index in the checkpoint's tree.
  const included = async (index, tree) => {
    const { path, bytes } = await leaf(index, tree.size);
    const made = await root(index, await leafHash(bytes), tree.size);
    if (!equal(made.root, tree.rootHash)) throw new Wrong([path, ...made.used].join(", "), "not-included", index);
    try {
      return { path, entry: JSON.parse(text(path, bytes)) };
    } catch { throw new Wrong(path, "form"); }
  };

  return { Wrong, Unread, read, must, text, sha256, hex, ofHex, utf8, checkpoint, included };
})();
