// Checks a pack of evidence with the code that Go has for its own log: the checkpoint's signature, and every leaf's proof.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	key := strings.Split(string(must(os.ReadFile("vkey"))), "\n")[0] // The Ed25519 key; Go passes over the other signatures.
	signed := must(note.Open(must(os.ReadFile("checkpoint")), note.VerifierList(must(note.NewVerifier(key)))))
	lines := strings.Split(signed.Text, "\n")
	size, root := must(strconv.ParseInt(lines[1], 10, 64)), must(tlog.ParseHash(lines[2]))

	leaves := 0
	for proofs := json.NewDecoder(must(os.Open("proofs.ndjson"))); proofs.More(); leaves++ {
		var proof struct {
			LeafIndex int64
			Hashes    tlog.RecordProof
		}
		check(proofs.Decode(&proof))
		leaf := must(os.ReadFile(fmt.Sprintf("leaves/%d.json", proof.LeafIndex)))
		check(tlog.CheckRecord(proof.Hashes, size, root, proof.LeafIndex, tlog.RecordHash(leaf)))
	}
	fmt.Printf("ok: %d leaves of the %d that %s signed\n", leaves, size, lines[0])
}

func must[T any](value T, err error) T {
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
