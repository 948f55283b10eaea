// Command go-tlog checks a published log, and proofs that were made for it, with the code that Go itself uses for its checksum database:
// golang.org/x/mod/sumdb/note and golang.org/x/mod/sumdb/tlog.
//
//	go-tlog LOG VKEY PROOFS
//
// LOG is the folder of the log, with its checkpoint, tiles and entry bundles; VKEY a file with a verifier key a line; PROOFS a file with a
// proof a line, all hashes in base64:
//
//	inclusion SIZE ROOT INDEX HASH...
//	consistency OLD-SIZE OLD-ROOT SIZE ROOT HASH...
//
// Roots of smaller trees, and leaf hashes, are reckoned here from the tiles and bundles: nothing of a proof is believed. Exit 0 all well,
// 1 something is not as it should be, 2 usage.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// A tile of a C2SP log is always eight levels high (c2sp.org/tlog-tiles).
const height = 8

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: go-tlog LOG VKEY PROOFS")
		os.Exit(2)
	}
	if err := check(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "refused:", err)
		os.Exit(1)
	}
}

func check(folder, vkey, proofs string) error {
	name, tree, err := openCheckpoint(filepath.Join(folder, "checkpoint"), vkey)
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	l := &log{files: files(folder), tree: tree, roots: map[int64]tlog.Hash{}}
	l.tiles = tlog.TileHashReader(tree, l.files)
	if err := l.readLeaves(); err != nil {
		return err
	}
	text, err := os.ReadFile(proofs)
	if err != nil {
		return err
	}
	checked := map[string]int{}
	for i, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
		if err := l.checkProof(strings.Fields(line)); err != nil {
			return fmt.Errorf("line %d of the proofs: %w", i+1, err)
		}
		checked[strings.Fields(line)[0]]++
	}
	fmt.Printf("ok: checkpoint of %s, %d leaves, %d inclusion proofs, %d consistency proofs\n",
		name, tree.N, checked["inclusion"], checked["consistency"])
	return nil
}

// openCheckpoint gives the tree that the log's key signed. Signatures of other types, or of other keys, say nothing here.
func openCheckpoint(path, vkey string) (name string, tree tlog.Tree, err error) {
	keys, err := os.ReadFile(vkey)
	if err != nil {
		return "", tree, err
	}
	var verifiers []note.Verifier
	for _, line := range strings.Split(strings.TrimSpace(string(keys)), "\n") {
		if verifier, err := note.NewVerifier(line); err == nil { // It knows Ed25519 alone.
			verifiers = append(verifiers, verifier)
		}
	}
	message, err := os.ReadFile(path)
	if err != nil {
		return "", tree, err
	}
	signed, err := note.Open(message, note.VerifierList(verifiers...))
	if err != nil {
		return "", tree, err
	}
	lines := strings.SplitN(signed.Text, "\n", 4)
	if len(lines) < 4 || lines[0] != signed.Sigs[0].Name {
		return "", tree, fmt.Errorf("is none of %s: %q", signed.Sigs[0].Name, signed.Text)
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return "", tree, err
	}
	tree.Hash, err = tlog.ParseHash(lines[2])
	return lines[0], tree, err
}

type log struct {
	files  files
	tree   tlog.Tree
	tiles  tlog.HashReader // Holds each tile against the root before it gives a hash of it.
	leaves []tlog.Hash
	nodes  hashes
	roots  map[int64]tlog.Hash
}

// readLeaves hashes every entry, holds it against the tiles, and all of them against the checkpoint's root.
//
// The last is no repetition: before its version 0.40 golang.org/x/mod does not hold every tile against its parent (CVE-2026-56865).
func (l *log) readLeaves() error {
	for first := int64(0); first < l.tree.N; first += 1 << height {
		bundle := tlog.Tile{H: height, L: -1, N: first >> height, W: 1 << height}
		if rest := l.tree.N - first; rest < 1<<height {
			bundle.W = int(rest)
		}
		entries, err := l.files.entries(bundle)
		if err != nil {
			return err
		}
		stored := make([]int64, len(entries))
		for i := range entries {
			stored[i] = tlog.StoredHashIndex(0, first+int64(i))
		}
		wanted, err := l.tiles.ReadHashes(stored)
		if err != nil {
			return err
		}
		for i, entry := range entries {
			if tlog.RecordHash(entry) != wanted[i] {
				return fmt.Errorf("leaf %d is not that of the tiles", first+int64(i))
			}
			nodes, err := tlog.StoredHashes(first+int64(i), entry, l.nodes)
			if err != nil {
				return err
			}
			l.nodes = append(l.nodes, nodes...)
		}
		l.leaves = append(l.leaves, wanted...)
	}
	if root, err := tlog.TreeHash(l.tree.N, l.nodes); err != nil || root != l.tree.Hash {
		return fmt.Errorf("the leaves have the root %v, and the checkpoint %v (%v)", root, l.tree.Hash, err)
	}
	return nil
}

// root is the root hash of the tree when it had so many leaves: by the tiles, and by the leaves.
func (l *log) root(size int64) (tlog.Hash, error) {
	if root, ok := l.roots[size]; ok {
		return root, nil
	}
	if size < 1 || size > l.tree.N {
		return tlog.Hash{}, fmt.Errorf("a tree of %d leaves is none of this log", size)
	}
	byTiles, err := tlog.TreeHash(size, l.tiles)
	if err != nil {
		return tlog.Hash{}, err
	}
	root, err := tlog.TreeHash(size, l.nodes)
	if err == nil && root != byTiles {
		err = fmt.Errorf("the tiles have the root %v of %d leaves, and the leaves %v", byTiles, size, root)
	}
	if err != nil {
		return tlog.Hash{}, err
	}
	l.roots[size] = root
	return root, nil
}

// hashes are all nodes of a tree, in the order that tlog stores them in.
type hashes []tlog.Hash

func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(h)) {
			return nil, fmt.Errorf("node %d of %d", index, len(h))
		}
		found[i] = h[index]
	}
	return found, nil
}

// checkProof checks a line of the proofs.
func (l *log) checkProof(fields []string) error {
	switch {
	case len(fields) >= 4 && fields[0] == "inclusion":
		size, root, err := l.claimedRoot(fields[1], fields[2])
		if err != nil {
			return err
		}
		index, err := strconv.ParseInt(fields[3], 10, 64)
		if err != nil || index < 0 || index >= size {
			return fmt.Errorf("leaf %q of %d", fields[3], size)
		}
		proof, err := parseHashes(fields[4:])
		if err != nil {
			return err
		}
		return tlog.CheckRecord(proof, size, root, index, l.leaves[index])
	case len(fields) >= 5 && fields[0] == "consistency":
		oldSize, oldRoot, err := l.claimedRoot(fields[1], fields[2])
		if err != nil {
			return err
		}
		size, root, err := l.claimedRoot(fields[3], fields[4])
		if err != nil {
			return err
		}
		proof, err := parseHashes(fields[5:])
		if err != nil {
			return err
		}
		return tlog.CheckTree(proof, size, root, oldSize, oldRoot)
	default:
		return errors.New("is no proof")
	}
}

// claimedRoot reads a size and a root hash, which must be the one that the tiles have.
func (l *log) claimedRoot(size, root string) (int64, tlog.Hash, error) {
	n, err := strconv.ParseInt(size, 10, 64)
	if err != nil {
		return 0, tlog.Hash{}, err
	}
	claimed, err := tlog.ParseHash(root)
	if err != nil {
		return 0, tlog.Hash{}, err
	}
	found, err := l.root(n)
	if err == nil && claimed != found {
		err = fmt.Errorf("the root of %d leaves is %v, not %v", n, found, claimed)
	}
	return n, found, err
}

func parseHashes(texts []string) ([]tlog.Hash, error) {
	parsed := make([]tlog.Hash, len(texts))
	for i, text := range texts {
		bytes, err := base64.StdEncoding.Strict().DecodeString(text)
		if err != nil || len(bytes) != tlog.HashSize {
			return nil, fmt.Errorf("%q is no hash", text)
		}
		copy(parsed[i][:], bytes)
	}
	return parsed, nil
}

// files is the folder of the log.
type files string

func (f files) Height() int { return height }

func (f files) SaveTiles([]tlog.Tile, [][]byte) {}

func (f files) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		var err error
		if data[i], err = f.read(tile); err != nil {
			return nil, err
		}
	}
	return data, nil
}

// read maps Go's path of a tile, tile/8/L/NNN, to that of a C2SP log, tile/L/NNN, and its data tiles to entry bundles.
func (f files) read(tile tlog.Tile) ([]byte, error) {
	path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
	path = strings.Replace(path, "tile/data/", "tile/entries/", 1)
	return os.ReadFile(filepath.Join(string(f), filepath.FromSlash(path)))
}

// entries are those of a bundle, each with its length in two bytes before it. Go's own data tiles are lines of text instead.
func (f files) entries(bundle tlog.Tile) ([][]byte, error) {
	data, err := f.read(bundle)
	if err != nil {
		return nil, err
	}
	var entries [][]byte
	for len(data) > 0 {
		if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
			return nil, fmt.Errorf("%s ends within an entry", bundle.Path())
		}
		end := 2 + int(binary.BigEndian.Uint16(data))
		entries, data = append(entries, data[2:end]), data[end:]
	}
	if len(entries) != bundle.W {
		return nil, fmt.Errorf("%s has %d entries, wanted %d", bundle.Path(), len(entries), bundle.W)
	}
	return entries, nil
}
