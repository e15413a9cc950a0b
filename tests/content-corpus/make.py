#!/usr/bin/env python3
"""Makes corpus.zip, files.tsv, honest.tsv and disguises.tsv; README.md lists the programs that it needs."""
import argparse
import pathlib
import tempfile
import zipfile

from writers import archives, data, disguises, documents, honest, images, inputs, media, office
from writers.corpus import Corpus

HERE = pathlib.Path(__file__).parent


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--node-modules", required=True, help="a folder node_modules with the packages that README.md lists")
    node_modules = pathlib.Path(arguments.parse_args().node_modules).resolve()
    with tempfile.TemporaryDirectory() as folder:
        corpus = Corpus(folder, node_modules)
        inputs.make_inputs(corpus.inputs)
        for writer in (images, media, documents, office, archives, data):
            writer.add(corpus)
            if corpus.failures:
                raise SystemExit("\n".join(corpus.failures))
        pairs = list(honest.pairs(corpus.files))
        tricks = list(disguises.add(corpus))
        write_archive(corpus)
    write("files.tsv", ("file", "true type", "writer", "version"), ((name, *it[:3]) for name, it in sorted(corpus.files.items())))
    write("honest.tsv", ("file", "name", "declared type", "profile", "sent by"), pairs)
    write("disguises.tsv", ("file", "name", "declared type", "profile", "kind"), tricks)


def write_archive(corpus):
    with zipfile.ZipFile(HERE / "corpus.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(corpus.files):
            archive.writestr(zipfile.ZipInfo(name), (corpus.outputs / name).read_bytes(), zipfile.ZIP_DEFLATED, 9)


def write(name, header, rows):
    rows = [header, *rows]
    (HERE / name).write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    print(f"{name}: {len(rows) - 1}")


if __name__ == "__main__":
    main()
