// Checks one entry or one page of this site here in the browser, and says what that proves. The words are in the page.
"use strict";
(() => {
  const box = document.getElementById("check");
  if (!box || typeof Proof === "undefined") return;
  const { Wrong, Unread, read, must, text, sha256, hex, ofHex, utf8 } = Proof;
  const input = box.querySelector("input");
  const verdict = document.getElementById("verdict");
  const steps = document.getElementById("steps");
  const fields = document.getElementById("leaf");
  const MANY = 64 * 1024 * 1024;

  const words = (id) => new Map(Array.from(document.querySelectorAll(`#${id} li`), (item) => [item.dataset.word, item.textContent]));
  const said = words("check-words");
  const names = words("field-names");
  const say = (word, ...details) => said.get(word).replace(/\{(\d)\}/g, (_, i) => details[i]);
  const step = (kind, sentence) => {
    const item = document.createElement("li");
    const mark = document.createElement("strong");
    item.className = kind;
    mark.textContent = say(`mark-${kind}`);
    item.append(mark, " ", sentence);
    steps.append(item);
  };
  const json = (file, bytes) => {
    try {
      return JSON.parse(text(file, bytes));
    } catch { throw new Wrong(file, "form"); }
  };
  const lines = (file, bytes) => text(file, bytes).split("\n").filter(Boolean).map((line) => json(file, utf8.encode(line)));

  const targetOf = (wanted) => {
    if (/^[a-z2-7]{26}-[1-9]\d{0,5}$/.test(wanted)) return { entry: wanted };
    if (/^(0|[1-9]\d{0,14})$/.test(wanted)) return { leaf: Number(wanted) };
    if (!/[/.]/.test(wanted)) return null;
    let url;
    try {
      url = new URL(wanted, location.origin);
      if (url.origin !== location.origin) return { elsewhere: url.origin };
      const path = decodeURIComponent(url.pathname).slice(1);
      return { page: path === "" || path.endsWith("/") ? `${path}index.html` : path };
    } catch { return null; }
  };

  // Which checkpoint everything is held against, and whether the status tells of the same one.
  const signedTree = async () => {
    const tree = await Proof.checkpoint();
    step("good", say("signed", tree.size, tree.origin, tree.verified.join(", ")));
    if (tree.untried.length > 0) step("open", say("untried", tree.untried.join(", ")));
    const status = json("status.json", await must("status.json", 1048576));
    if (status.treeSize !== tree.size || status.rootHash !== tree.root || status.origin !== tree.origin) throw new Wrong("status.json", "other-tree", status.treeSize, tree.size);
    if (status.witnesses) step("open", say(status.witnessed ? "witnessed" : "not-witnessed", status.witnesses.join(", ") || "0"));
    else step("open", say("no-witnesses"));
    return { tree, status };
  };

  const indexOf = async (entry) => {
    const file = `data/leaves/${entry.slice(0, 2)}.ndjson`;
    const bytes = await read(file, MANY);
    const [posting, number] = [entry.slice(0, 26), Number(entry.slice(27))];
    const run = bytes && lines(file, bytes).find((one) => one.posting === posting && number >= one.first && number < one.first + one.count);
    if (!run) throw new Unread(file, "unknown-entry", entry);
    return { file, index: run.leafIndex + number - run.first };
  };

  const show = (name, value, kind) => {
    const [head, data] = [document.createElement("dt"), document.createElement("dd")];
    const code = document.createElement("code");
    code.textContent = name;
    head.append(...(names.has(name) ? [names.get(name), " "] : []), code);
    data.textContent = value;
    if (kind) data.append(" ", Object.assign(document.createElement("small"), { textContent: say(kind) }));
    fields.append(head, data);
  };
  const isCommitment = (value) => typeof value.commitment === "string" && Object.keys(value).length === 1;
  const showAll = (value, name, opened) => {
    if (value === null || typeof value !== "object") {
      show(name, /Fen$/.test(name) && Number.isSafeInteger(value) ? say("yuan", (value / 100).toLocaleString("en", { minimumFractionDigits: 2 }), value) : String(value));
    } else if (isCommitment(value)) {
      if (opened.has(value.commitment)) show(name, opened.get(value.commitment), "opened");
      else show(name, say("withheld"));
    } else if (Array.isArray(value)) {
      value.forEach((one) => showAll(one, name, opened));
    } else {
      Object.entries(value).forEach(([part, one]) => showAll(one, part, opened));
    }
  };
  const commitmentsIn = (value) => value === null || typeof value !== "object" ? []
    : isCommitment(value) ? [value.commitment] : Object.values(value).flatMap(commitmentsIn);

  // What stands behind the commitments of a leaf. What has no opening is withheld; one that does not fit is wrong.
  const openingsOf = async (index, entry) => {
    const file = `data/openings/${String(Math.floor(index / 256)).padStart(6, "0")}.ndjson`;
    const committed = commitmentsIn(entry);
    const bytes = committed.length > 0 ? await read(file, MANY) : null;
    const line = bytes && lines(file, bytes).find((one) => one.leafIndex === index);
    const opened = new Map();
    if (line) {
      if (line.entry !== entry.id) throw new Wrong(file, "other-entry", index, line.entry, entry.id);
      for (const { commitment, salt, value } of line.openings) {
        const bytesOfSalt = ofHex(String(salt));
        const made = bytesOfSalt && bytesOfSalt.length === 32 && hex(await sha256(bytesOfSalt, utf8.encode(value)));
        if (made !== commitment || !committed.includes(commitment)) throw new Wrong(file, "opening", index);
        opened.set(commitment, value);
      }
    }
    if (committed.length > 0) step("good", say("openings", committed.length, committed.filter((one) => opened.has(one)).length));
    return opened;
  };

  const checkEntry = async (target, tree) => {
    const found = target.entry ? await indexOf(target.entry) : { index: target.leaf };
    if (found.index >= tree.size) throw new (target.entry ? Wrong : Unread)(found.file || "log/checkpoint", "beyond", found.index, tree.size);
    const { path, entry } = await Proof.included(found.index, tree);
    if (target.entry && entry.id !== target.entry) throw new Wrong(found.file, "other-entry", found.index, target.entry, entry.id);
    step("good", say("included", found.index, path));
    const opened = await openingsOf(found.index, entry);
    showAll(entry, "", opened);
    return say("entry-good", entry.id, found.index, tree.size);
  };

  const checkPage = async (path, tree, status) => {
    const { entry } = await Proof.included(status.leafIndex, tree);
    if (entry.kind !== "publication" || entry.id !== status.publication) throw new Wrong("status.json", "no-publication", status.leafIndex);
    step("good", say("publication", status.leafIndex, entry.asOf, entry.position));
    const after = tree.size - 1 - status.leafIndex;
    step(after === 0 ? "good" : "open", after === 0 ? say("newest") : say("perhaps-newer", after));
    const list = "data/manifest.json";
    const manifest = await must(list, MANY);
    const made = hex(await sha256(manifest));
    if (made !== entry.manifestSha256) throw new Wrong(list, "manifest", made, entry.manifestSha256);
    step("good", say("manifest-good"));
    if (path === list) return say("page-good", list);
    const files = json(list, manifest).files;
    const listed = files.find((file) => file.path === path) || files.find((file) => file.path === `${path}/index.html`);
    if (!listed) throw new Unread(path, "not-listed");
    const bytes = await must(listed.path, MANY);
    const hash = hex(await sha256(bytes));
    if (hash !== listed.sha256) throw new Wrong(listed.path, "file", hash, listed.sha256);
    step("good", say("file-good", listed.path, bytes.length));
    return say("page-good", listed.path);
  };

  const conclude = (kind, sentence) => {
    verdict.className = `verdict ${kind}`;
    verdict.textContent = `${say(`verdict-${kind}`)} ${sentence}`;
  };
  const check = async (wanted) => {
    const target = targetOf(wanted);
    steps.textContent = fields.textContent = "";
    conclude("open", say("checking"));
    verdict.setAttribute("aria-busy", "true");
    try {
      if (!target) throw new Unread(wanted, "not-understood");
      if (target.elsewhere) throw new Unread(target.elsewhere, "elsewhere");
      if (!globalThis.crypto || !crypto.subtle) throw new Unread(location.origin, "no-crypto");
      const { tree, status } = await signedTree();
      const good = target.page ? await checkPage(target.page, tree, status) : await checkEntry(target, tree);
      conclude("good", good);
    } catch (fault) {
      const kind = fault instanceof Wrong ? "bad" : "open";
      const sentence = fault.word ? `${fault.file}: ${say(fault.word, ...fault.details)}` : say("broke", String(fault));
      step(kind, sentence);
      conclude(kind, sentence);
    }
    verdict.removeAttribute("aria-busy");
  };

  const start = () => { if (input.value.trim()) location.search = new URLSearchParams({ check: input.value.trim() }).toString(); };
  box.hidden = false;
  const command = document.querySelector(".command code");
  command.textContent = command.textContent.replace("https://…", location.origin);
  box.querySelector("button").addEventListener("click", start);
  input.addEventListener("keydown", (event) => { if (event.key === "Enter") start(); });
  const asked = new URLSearchParams(location.search);
  const wanted = ["entry", "leaf", "page", "check"].map((name) => asked.get(name)).find(Boolean);
  if (wanted) {
    input.value = wanted;
    check(wanted.trim());
  }
})();
