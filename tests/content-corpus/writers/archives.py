"""Archives and compressed files, and a database."""

TYPES = {
    "zip": "application/zip", "7z": "application/x-7z-compressed", "gz": "application/gzip", "tgz": "application/gzip",
    "tar": "application/x-tar", "bz2": "application/x-bzip2", "xz": "application/x-xz", "zst": "application/zstd",
    "sqlite": "application/vnd.sqlite3",
}

COMMANDS = """
infozip-folder.zip zip zip -qr o.zip in.txt in.csv in.png; mv o.zip $OUT
infozip-stored.zip zip zip -q0 o.zip in.txt in.csv; mv o.zip $OUT
infozip-streamed.zip zip cat in.txt | zip -q - - > $OUT
infozip-zip64.zip zip cat in.txt | zip -q -fz - - > $OUT
infozip-encrypted.zip zip zip -q -P secret o.zip in.txt; mv o.zip $OUT
infozip-comment.zip zip echo 'For the archive' | zip -qz o.zip in.txt; mv o.zip $OUT
7zip-folder.zip 7zip 7zz a -tzip o.zip in.txt in.csv >/dev/null; mv o.zip $OUT
7zip-folder.7z 7zip 7zz a o.7z in.txt in.csv >/dev/null; mv o.7z $OUT
7zip-encrypted.7z 7zip 7zz a -psecret -mhe=on p.7z in.txt >/dev/null; mv p.7z $OUT
bsdtar-folder.zip libarchive-tools bsdtar -a -cf o.zip in.txt in.csv; mv o.zip $OUT
bsdtar-folder.7z libarchive-tools bsdtar -a -cf o.7z in.txt; mv o.7z $OUT
python-zipfile.zip python python3 -m zipfile -c $OUT in.txt in.csv
python-empty.zip python python3 -c "import zipfile; zipfile.ZipFile('$OUT', 'w').close()"
python-documents.zip python python3 -m zipfile -c $OUT in.txt in.md in.svg in.png in.csv
jszip-folder.zip npm:jszip node -e "const J=require('jszip');const z=new\
 J();z.file('a/b.txt','Hi');z.generateAsync({type:'nodebuffer'}).then(b=>fs.writeFileSync('$OUT',b))"
jszip-streamed.zip npm:jszip node -e "const J=require('jszip');const z=new\
 J();z.file('b.txt','Hi');z.generateAsync({type:'nodebuffer',streamFiles:true}).then(b=>fs.writeFileSync('$OUT',b))"
gnutar-folder.tgz tar tar czf $OUT in.txt in.csv
gnutar-folder.tar tar tar cf $OUT in.txt in.csv
bsdtar-pax.tar libarchive-tools bsdtar --format pax -cf $OUT in.txt
bsdtar-ustar.tar libarchive-tools bsdtar --format ustar -cf $OUT in.txt
python-tarfile.tgz python python3 -m tarfile -c o.tar.gz in.txt; mv o.tar.gz $OUT
gzip-text.gz gzip gzip -c in.txt > $OUT
pigz-text.gz pigz pigz -c in.txt > $OUT
zopfli-text.gz zopfli zopfli -c in.txt > $OUT
bzip2-text.bz2 bzip2 bzip2 -c in.txt > $OUT
xz-text.xz xz-utils xz -c in.txt > $OUT
zstd-text.zst zstd zstd -q -c in.txt > $OUT
sqlite-table.sqlite sqlite3 rm -f $OUT; sqlite3 $OUT 'create table a (b); insert into a values (1);'
"""


def add(corpus):
    for line in COMMANDS.strip().splitlines():
        name, writer, command = line.split(" ", 2)
        corpus.run(name, TYPES[name.rsplit(".", 1)[1]], writer, command)
    # The Finder adds a second entry with a file's attributes.
    corpus.run("finder-folder.zip", "application/zip", "zip",
               "mkdir -p __MACOSX; printf '\\0\\005\\026\\007\\0\\002\\0\\0' > __MACOSX/._in.txt; "
               "zip -q o2.zip in.txt __MACOSX/._in.txt; mv o2.zip $OUT")
