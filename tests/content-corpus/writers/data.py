"""Text: data files, notes, markup, source code, calendars, mail."""
import codecs

CSV = "name,city\nZoë,Köln\nLi,北京\n"
LATIN = "name;city\r\nZoë;Köln\r\n"

# Programs that print text: pandoc, Python's libraries, sqlite3, jq, FFmpeg, groff, LibreOffice, SheetJS, Gnumeric.
COMMANDS = """
libreoffice-table.csv text/csv libreoffice-calc-nogui rm -rf o; soffice --headless --convert-to csv --outdir o in.csv >/dev/null; mv\
 o/in.csv $OUT
gnumeric-table.csv text/csv gnumeric ssconvert -T Gnumeric_stf:stf_csv in.csv $OUT 2>/dev/null
sqlite-table.csv text/csv sqlite3 sqlite3 -csv -header :memory: "select 1 as a, 'b' as b" > $OUT
sheetjs-table.csv text/csv npm:xlsx node -e "const X=require('xlsx');const\
 w=X.utils.book_new();X.utils.book_append_sheet(w,X.utils.aoa_to_sheet([['a','b'],[1,2]]),'a');X.writeFile(w,'$OUT')"
python-excel.csv text/csv python python3 -c "import csv; csv.writer(open('$OUT', 'w', newline='')).writerows([['a', 'b'], [1, 'x, y']])"
python-tabs.tsv text/tab-separated-values python python3 -c "import csv; csv.writer(open('$OUT', 'w'), 'excel-tab').writerows([['a', 'b'],\
 [1, 2]])"
jq-object.json application/json jq jq -n '{a: 1, b: [true, null]}' > $OUT
python-array.json application/json python python3 -c "import json; json.dump([1, {'a': 'ü'}], open('$OUT', 'w'))"
node-object.json application/json node node -e "fs.writeFileSync('$OUT', JSON.stringify({html: '<b>x</b>'}))"
python-notebook.ipynb application/json python python3 -c "import json; json.dump({'cells': [], 'metadata': {}, 'nbformat': 4,\
 'nbformat_minor': 5}, open('$OUT', 'w'), indent=1)"
jq-places.geojson application/geo+json jq jq -nc '{type: "FeatureCollection", features: []}' > $OUT
jq-lines.jsonl application/jsonl jq jq -nc '{a: 1}, {a: 2}' > $OUT
python-tree.xml application/xml python python3 -c "import xml.etree.ElementTree as e; e.ElementTree(e.Element('catalog')).write('$OUT',\
 'utf-8', True)"
libxml-indented.xml application/xml libxml2-utils echo '<catalog><title>A</title></catalog>' | xmllint --format - > $OUT
pandoc-docbook.xml application/xml pandoc pandoc -s in.md -t docbook -o $OUT
libreoffice-flat.fodt application/vnd.oasis.opendocument.text-flat-xml libreoffice-writer-nogui rm -rf o; soffice --headless --convert-to\
 fodt --outdir o in.txt >/dev/null; mv o/in.fodt $OUT
pandoc-page.html text/html pandoc pandoc -s --metadata title=A in.md -t html5 -o $OUT
libreoffice-page.html text/html libreoffice-writer-nogui rm -rf o; soffice --headless --convert-to html --outdir o in.txt >/dev/null; mv\
 o/in.html $OUT
pandoc-github.md text/markdown pandoc pandoc in.md -t gfm -o $OUT
pandoc-frontmatter.md text/markdown pandoc pandoc -s --metadata title=Report in.md -t markdown -o $OUT
pandoc-plain.txt text/plain pandoc pandoc in.md -t plain -o $OUT
pandoc-article.tex text/x-tex pandoc pandoc -s in.md -o $OUT
pandoc-report.rst text/x-rst pandoc pandoc in.md -o $OUT
groff-overstrike.txt text/plain groff printf '.TH A 1\\n.SH NAME\\na - b\\n' | GROFF_NO_SGR=1 groff -man -Tascii > $OUT
poppler-text.txt text/plain poppler-utils /usr/bin/python3 -c "import cairosvg; cairosvg.svg2pdf(url='in.svg', write_to='t.pdf')";\
 enscript -q -B -p t.ps in.txt; ps2pdf t.ps t.pdf; pdftotext t.pdf $OUT
ffmpeg-subtitles.vtt text/vtt ffmpeg ffmpeg -v error -i in.srt $OUT
ffmpeg-subtitles.srt application/x-subrip ffmpeg ffmpeg -v error -i in.srt $OUT
ffmpeg-subtitles.ass text/x-ssa ffmpeg ffmpeg -v error -i in.srt $OUT
python-yaml.yaml application/yaml python3-yaml /usr/bin/python3 -c "import yaml; yaml.safe_dump({'a': [1, 2]}, open('$OUT', 'w'))"
sqlite-dump.sql application/sql sqlite3 sqlite3 :memory: 'create table a (b); insert into a values (1);' .dump > $OUT
python-message.eml message/rfc822 python python3 -c "from email.message import EmailMessage as M; m = M(); m['Subject'] = 'Hi';\
 m.set_content('Hello'); open('$OUT', 'wb').write(bytes(m))"
"""

# Text as editors, phones and devices save it: file, type, the program that saves such files, and the bytes.
SAVED = [
    ("excel-utf8.csv", "text/csv", codecs.BOM_UTF8 + CSV.encode()),
    ("excel-ansi.csv", "text/csv", LATIN.encode("cp1252")),
    ("excel-unicode.csv", "text/csv", codecs.BOM_UTF16_LE + LATIN.replace(";", "\t").encode("utf-16-le")),
    ("filemaker-vertical-tab.csv", "text/csv", b"name,notes\rAda,first\x0bsecond\r"),
    ("dos-end-of-file.csv", "text/csv", b"a,b\r\n1,2\r\n\x1a"),
    ("scale-shift-out.csv", "text/csv", b"time,weight\r\n10:00,\x0e12.5\x0f\r\n"),
    ("shiftjis.csv", "text/csv", "名前,市\r\n太郎,東京\r\n".encode("shift_jis")),
    ("notepad-utf8.txt", "text/plain", codecs.BOM_UTF8 + "Grüße\r\n".encode()),
    ("notepad-unicode.txt", "text/plain", codecs.BOM_UTF16_LE + "Grüße\r\n".encode("utf-16-le")),
    ("notepad-ansi.txt", "text/plain", "Grüße aus Köln\r\n".encode("cp1252")),
    ("form-feed.txt", "text/plain", b"page one\n\x0cpage two\n"),
    ("angle-bracket.txt", "text/plain", b"<ada@example.org> wrote:\n> Hello\n"),
    ("latin-prose.txt", "text/plain", b"BMW and II* and MZ are letters; so is PK.\n"),
    ("imported-words.txt", "text/plain", b"import duties rose; export trade fell.\n"),
    ("terminal-colors.log", "text/plain", b"\x1b[32minfo\x1b[0m: listening on 8080\n"),
    ("modem-bell.log", "text/plain", b"ATDT 5551234\r\nCONNECT 9600\x07\r\n"),
    ("centered-logo.md", "text/markdown", b"<p align=\"center\"><img src=\"logo.png\"></p>\n\n# Project\n"),
    ("comment-first.md", "text/markdown", b"<!-- markdownlint-disable -->\n# Project\n"),
    ("component.ts", "text/typescript", b"import { a } from './a';\nexport const b = a + 1;\n"),
    ("exported.ts", "text/typescript", b"export interface A { b: string }\n"),
    ("component.tsx", "text/typescript", b"export default () => <b>Hi</b>;\n"),
    ("module.js", "text/javascript", b"'use strict';\nmodule.exports = 1;\n"),
    ("script.mjs", "text/javascript", b"import fs from 'fs';\nconsole.log(fs);\n"),
    ("style.css", "text/css", b"/* a */\nbody { color: #333 }\n"),
    ("program.py", "text/x-python", b"#!/usr/bin/env python3\nprint('hi')\n"),
    ("module.py", "text/x-python", b"import os\n\nprint(os.name)\n"),
    ("deploy.sh", "application/x-sh", b"#!/bin/sh\necho hi\n"),
    ("index.php", "application/x-php", b"<?php\necho 1;\n"),
    ("program.c", "text/x-c", b"#include <stdio.h>\nint main(void) { return 0; }\n"),
    ("settings.toml", "application/toml", b"[a]\nb = 1\n"),
    ("settings.ini", "text/plain", b"[a]\r\nb=1\r\n"),
    ("contact.vcf", "text/vcard", b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nEND:VCARD\r\n"),
    ("meeting.ics", "text/calendar", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"),
    ("track.gpx", "application/gpx+xml", b"<?xml version=\"1.0\"?>\n<gpx version=\"1.1\" xmlns=\"http://www.topografix.com/GPX/1/1\"/>\n"),
    ("places.kml", "application/vnd.google-earth.kml+xml", b"<?xml version=\"1.0\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\"/>\n"),
    ("feed.rss", "application/rss+xml", b"<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>A</title></channel></rss>\n"),
    ("page.xhtml", "application/xhtml+xml", b"<?xml version=\"1.0\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\"><body/></html>\n"),
    ("inkscape-drawing.svg", "image/svg+xml",
     b"<?xml version=\"1.0\" standalone=\"no\"?>\n<!-- Created with Inkscape -->\n\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n"),
    ("illustrator-drawing.svg", "image/svg+xml",
     b"<?xml version=\"1.0\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\" [\n"
     b"<!ENTITY ns_svg \"http://www.w3.org/2000/svg\">\n]>\n<svg xmlns=\"&ns_svg;\"></svg>\n"),
]


def add(corpus):
    for line in COMMANDS.strip().splitlines():
        name, media_type, writer, command = line.split(" ", 3)
        corpus.run(name, media_type, writer, command)
    for name, media_type, content in SAVED:
        corpus.add(name, media_type, "hand", content)
