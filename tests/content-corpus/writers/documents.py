"""PDF, PostScript, RTF, EPUB and fonts."""

PDF = "application/pdf"

COMMANDS = """
ghostscript-printed.pdf ghostscript enscript -q -B -p t.ps in.txt; gs -q -dBATCH -dNOPAUSE -sDEVICE=pdfwrite -sOutputFile=$OUT t.ps
img2pdf-page.pdf img2pdf gm convert in.png t.jpg; img2pdf t.jpg -o $OUT
graphicsmagick-page.pdf graphicsmagick gm convert in.png $OUT
pillow-page.pdf python3-pil /usr/bin/python3 -c "import sys; from PIL import Image; Image.open('in.png').save(sys.argv[1])" $OUT
cairosvg-drawing.pdf python3-cairosvg /usr/bin/python3 -c "import cairosvg; cairosvg.svg2pdf(url='in.svg', write_to='$OUT')"
graphviz-graph.pdf graphviz echo 'digraph { a -> b }' | dot -Tpdf -o $OUT
groff-man.pdf groff printf '.TH A 1\\n.SH NAME\\na - b\\n' | groff -man -Tps | gs -q -dBATCH -dNOPAUSE -sDEVICE=pdfwrite -sOutputFile=$OUT -
poppler-page.pdf poppler-utils cp in.svg t.svg; /usr/bin/python3 -c "import cairosvg; cairosvg.svg2pdf(url='t.svg', write_to='t.pdf')";\
 pdftocairo -pdf t.pdf $OUT
matplotlib-plot.pdf python3-matplotlib /usr/bin/python3 -c "$PLOT" $OUT
reportlab-letter.pdf python3-reportlab /usr/bin/python3 -c "$REPORT" $OUT
qpdf-linear.pdf qpdf qpdf --linearize t.pdf $OUT
qpdf-compressed.pdf qpdf qpdf --object-streams=generate t.pdf $OUT
qpdf-encrypted.pdf qpdf qpdf --encrypt a b 256 -- t.pdf $OUT
libreoffice-letter.pdf libreoffice-writer-nogui soffice --headless --convert-to pdf --outdir o in.txt >/dev/null; mv o/in.pdf $OUT
pdfkit-letter.pdf npm:pdfkit node -e "const P=require('pdfkit');const d=new\
 P();d.pipe(require('fs').createWriteStream('$OUT'));d.text('Hello');d.end()"
pdflib-letter.pdf npm:pdf-lib node -e "const {PDFDocument}=require('pdf-lib');PDFDocument.create().then(d=>{d.addPage();return\
 d.save()}).then(b=>require('fs').writeFileSync('$OUT',b))"
enscript-text.ps enscript enscript -q -B -p $OUT in.txt
graphviz-graph.ps graphviz echo 'digraph { a -> b }' | dot -Tps -o $OUT
cairosvg-drawing.ps python3-cairosvg /usr/bin/python3 -c "import cairosvg; cairosvg.svg2ps(url='in.svg', write_to='$OUT')"
qrencode-code.eps qrencode qrencode -t EPS -o $OUT hello
pandoc-standalone.rtf pandoc pandoc -s in.md -o $OUT
pandoc-fragment.rtf pandoc pandoc in.md -t rtf -o $OUT
libreoffice-letter.rtf libreoffice-writer-nogui soffice --headless --convert-to rtf --outdir o in.txt >/dev/null; mv o/in.rtf $OUT
pandoc-book.epub pandoc pandoc in.md --metadata title=Book -o $OUT
ebooklib-book.epub python3-ebooklib /usr/bin/python3 -c "$BOOK" $OUT
infozip-book.epub zip pandoc in.md --metadata title=Book -o b.epub; rm -rf b; mkdir b; cd b; bsdtar xf ../b.epub; zip -qr b.zip .; mv\
 b.zip $OUT
fonttools-subset.ttf python3-fonttools /usr/bin/python3 -m fontTools.subset $FONT --text=abc --output-file=$OUT
fonttools-subset.woff python3-fonttools /usr/bin/python3 -m fontTools.subset $FONT --text=abc --flavor=woff --output-file=$OUT
"""

TYPES = {
    "pdf": PDF, "ps": "application/postscript", "eps": "application/postscript", "rtf": "application/rtf",
    "epub": "application/epub+zip", "ttf": "font/ttf", "woff": "font/woff",
}

VARIABLES = {
    "FONT": "/usr/share/matplotlib/mpl-data/fonts/ttf/DejaVuSans.ttf",
    "PLOT": "import sys, matplotlib; matplotlib.use('pdf'); import matplotlib.pyplot as p; p.figure(figsize=(2, 1)); p.plot([1, 3, 2]); "
            "p.savefig(sys.argv[1])",
    "REPORT": "import sys; from reportlab.pdfgen.canvas import Canvas; c = Canvas(sys.argv[1]); c.drawString(99, 99, 'Hi'); c.save()",
    "BOOK": "import sys; from ebooklib import epub as e; b = e.EpubBook(); b.set_identifier('1'); b.set_title('Book'); "
            "c = e.EpubHtml(title='One', file_name='1.xhtml', content='<p>One</p>'); b.add_item(c); b.add_item(e.EpubNcx()); "
            "b.add_item(e.EpubNav()); b.spine = [c]; e.write_epub(sys.argv[1], b)",
}

# What stands before %PDF- in files of web applications that print a blank line or a byte order mark first, and of print queues.
LEADING = {
    "php-newline.pdf": b"\n", "php-bom.pdf": b"\xef\xbb\xbf", "asp-blank-lines.pdf": b"\r\n\r\n",
    "queue-pjl.pdf": b"\x1b%-12345X@PJL JOB NAME=\"letter\"\r\n@PJL SET COPIES=1\r\n@PJL ENTER LANGUAGE=PDF\r\n",
}


def add(corpus):
    variables = "; ".join(f'{name}="{value}"' for name, value in VARIABLES.items())
    for line in COMMANDS.strip().splitlines():
        name, writer, command = line.split(" ", 2)
        corpus.run(name, TYPES[name.rsplit(".", 1)[1]], writer, f"{variables}; {command}")
    letter = (corpus.outputs / "reportlab-letter.pdf").read_bytes()
    for name, before in LEADING.items():
        corpus.add(name, PDF, "python3-reportlab", before + letter)
