"""Checks a pack of evidence with Python's standard library alone: python3 verify.py

It checks every file's hash, every leaf's inclusion proof against the root hash in "checkpoint", every opening, and
that the pages are those of the publication whose leaf is among them. It does not check the signatures of the
checkpoint: README.md says how openssl does.
"""
import base64
import hashlib
import json


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def root_of(leaf_hash, index, size, proof):
    """RFC 9162, section 2.1.3.2."""
    place, last, node = index, size - 1, leaf_hash
    assert 0 <= index < size
    for beside in proof:
        assert last > 0, "too many hashes"
        if place & 1 or place == last:
            node = sha256(b"\x01", beside, node)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = sha256(b"\x01", node, beside)
        place, last = place >> 1, last >> 1
    assert last == 0, "too few hashes"
    return node


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


manifest = json.load(open("manifest.json", encoding="utf-8"))
for file in manifest["files"]:
    assert hashlib.sha256(open(file["path"], "rb").read()).hexdigest() == file["sha256"], file["path"]

origin, size, root = open("checkpoint", encoding="utf-8").read().split("\n")[:3]
proofs = lines("proofs.ndjson")
for proof in proofs:
    leaf = open(f"leaves/{proof['leafIndex']}.json", "rb").read()
    hashes = [base64.b64decode(text) for text in proof["hashes"]]
    found = root_of(sha256(b"\x00", leaf), proof["leafIndex"], int(size), hashes)
    assert found == base64.b64decode(root), f"leaf {proof['leafIndex']} is not in the tree"

openings = 0
entries = lines("entries.ndjson")
proven = {proof["leafIndex"] for proof in proofs}
assert len(proven) == len(proofs) and proven.issuperset(entry["leafIndex"] for entry in entries)
for entry in entries:
    leaf = open(f"leaves/{entry['leafIndex']}.json", encoding="utf-8").read()
    assert json.loads(leaf) == entry["leaf"] and entry["leaf"]["id"] == entry["entry"]
    for opening in entry["openings"]:
        commitment = sha256(bytes.fromhex(opening["salt"]), opening["value"].encode()).hex()
        assert commitment == opening["commitment"] and commitment in leaf, f"leaf {entry['leafIndex']}"
        openings += 1

status = json.load(open("site/status.json", encoding="utf-8"))
publication = json.load(open(f"leaves/{status['leafIndex']}.json", encoding="utf-8"))
listing = open("site/data/manifest.json", "rb").read()
assert status["leafIndex"] in proven and publication["kind"] == "publication"
assert publication["manifestSha256"] == sha256(listing).hex(), "the manifest of the site is not the one that was published"
listed = {f"site/{file['path']}": file["sha256"] for file in json.loads(listing)["files"]}
said = {name: publication[name] for name in ("asOf", "contentVersion", "manifestSha256", "position", "previous", "version") if name in publication}
said |= {"publication": publication["id"], "publishedAt": publication["recordedAt"], "leafIndex": status["leafIndex"]}
said |= {"origin": origin, "treeSize": int(size), "rootHash": root}
assert {name: status[name] for name in status if name not in ("witnessed", "witnesses")} == said, "status.json says something else"
pages = [file for file in manifest["files"] if file["path"].startswith("site/")]
for page in pages:
    if page["path"] not in ("site/status.json", "site/data/manifest.json"):
        assert listed[page["path"]] == page["sha256"], page["path"]

print(f"ok: {len(manifest['files'])} files, {len(proofs)} leaves of the {size} of {origin}, {openings} openings, {len(pages)} files of the site")
