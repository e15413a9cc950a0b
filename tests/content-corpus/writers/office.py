"""Word, Excel, PowerPoint and OpenDocument files."""

OPEN_XML = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."

TYPES = {
    "docx": OPEN_XML + "wordprocessingml.document", "xlsx": OPEN_XML + "spreadsheetml.sheet",
    "pptx": OPEN_XML + "presentationml.presentation", "odt": OPEN_DOCUMENT + "text", "ods": OPEN_DOCUMENT + "spreadsheet",
    "odp": OPEN_DOCUMENT + "presentation", "doc": "application/msword", "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
}

COMMANDS = """
pandoc-report.docx pandoc pandoc in.md -o $OUT
pandoc-report.odt pandoc pandoc in.md -o $OUT
pandoc-slides.pptx pandoc pandoc in.md -o $OUT
pythondocx-letter.docx python3-docx /usr/bin/python3 -c "from docx import Document; d = Document(); d.add_paragraph('Hi'); d.save('$OUT')"
openpyxl-table.xlsx python3-openpyxl /usr/bin/python3 -c "from openpyxl import Workbook; w = Workbook(); w.active.append([1, 2]);\
 w.save('$OUT')"
xlsxwriter-table.xlsx python3-xlsxwriter /usr/bin/python3 -c "import xlsxwriter as x; w = x.Workbook('$OUT'); w.add_worksheet().write(0,\
 0, 1); w.close()"
xlsxwriter-900-sheets.xlsx python3-xlsxwriter /usr/bin/python3 -c "import xlsxwriter as x; w = x.Workbook('$OUT'); [w.add_worksheet() for\
 _ in range(900)]; w.close()"
xlwt-table.xls python3-xlwt /usr/bin/python3 -c "import xlwt; w = xlwt.Workbook(); w.add_sheet('a').write(0, 0, 1); w.save('$OUT')"
odfpy-letter.odt python3-odf /usr/bin/python3 -c "$ODF.text import P; d = OpenDocumentText(); d.text.addElement(P(text='Hi'));\
 d.save('$OUT')"
odfpy-table.ods python3-odf /usr/bin/python3 -c "$ODF.table import Table; d = OpenDocumentSpreadsheet();\
 d.spreadsheet.addElement(Table(name='a')); d.save('$OUT')"
gnumeric-table.xlsx gnumeric ssconvert -T Gnumeric_Excel:xlsx in.csv $OUT 2>/dev/null
gnumeric-table.xls gnumeric ssconvert -T Gnumeric_Excel:excel_biff8 in.csv $OUT 2>/dev/null
gnumeric-dual.xls gnumeric ssconvert -T Gnumeric_Excel:excel_dsf in.csv $OUT 2>/dev/null
gnumeric-table.ods gnumeric ssconvert -T Gnumeric_OpenCalc:odf in.csv $OUT 2>/dev/null
docx-letter.docx npm:docx node -e "const d=require('docx');d.Packer.toBuffer(new d.Document({sections:[{children:[new\
 d.Paragraph('Hi')]}]})).then(b=>fs.writeFileSync('$OUT',b))"
exceljs-table.xlsx npm:exceljs node -e "const E=require('exceljs');const w=new\
 E.Workbook();w.addWorksheet('a').addRow([1,2]);w.xlsx.writeFile('$OUT')"
exceljs-stream.xlsx npm:exceljs node -e "const E=require('exceljs');const w=new\
 E.stream.xlsx.WorkbookWriter({filename:'$OUT'});w.addWorksheet('a').addRow([1]).commit();w.commit()"
pptxgenjs-slides.pptx npm:pptxgenjs node -e "const P=require('pptxgenjs');const p=new\
 P();p.addSlide().addText('Hi');p.writeFile({fileName:'$OUT'})"
sheetjs-table.xlsx npm:xlsx $SHEET
sheetjs-table.xls npm:xlsx $SHEET
sheetjs-table.ods npm:xlsx $SHEET
infozip-letter.odt zip pandoc in.md -o z.odt; rm -rf z; mkdir z; cd z; bsdtar xf ../z.odt; zip -qr z.zip META-INF content.xml styles.xml\
 mimetype meta.xml; mv z.zip $OUT
7zip-letter.docx 7zip pandoc in.md -o z.docx; rm -rf z; mkdir z; cd z; bsdtar xf ../z.docx; 7zz a -tzip z.zip . >/dev/null; mv z.zip $OUT
infozip-letter.docx zip pandoc in.md -o z.docx; rm -rf z; mkdir z; cd z; bsdtar xf ../z.docx; zip -qr z.zip word docProps _rels *.xml; mv\
 z.zip $OUT
"""

# Source and target of a conversion by LibreOffice, with the component that does it.
CONVERSIONS = """
in.txt docx writer
in.txt doc writer
in.txt odt writer
in.csv xlsx calc
in.csv xls calc
in.csv ods calc
slides.pptx pptx impress
slides.pptx ppt impress
slides.pptx odp impress
"""

SHEET = ("node -e \"const X=require('xlsx');const w=X.utils.book_new();X.utils.book_append_sheet(w,X.utils.aoa_to_sheet([[1,2]]),'a');"
         "X.writeFile(w,'$OUT')\"")


def add(corpus):
    for line in COMMANDS.strip().splitlines():
        name, writer, command = line.split(" ", 2)
        odf = "from odf.opendocument import *; from odf"
        corpus.run(name, type_of(name), writer, f'ODF="{odf}"; ' + command.replace("$SHEET", SHEET))
    (corpus.inputs / "slides.pptx").write_bytes((corpus.outputs / "pandoc-slides.pptx").read_bytes())
    for line in CONVERSIONS.strip().splitlines():
        source, extension, component = line.split()
        name = f"libreoffice-{component}.{extension}"
        corpus.run(name, type_of(name), f"libreoffice-{component}-nogui",
                   f"rm -rf o; soffice --headless --convert-to {extension} --outdir o {source} >/dev/null; mv o/*.{extension} $OUT")


def type_of(name):
    return TYPES[name.rsplit(".", 1)[1]]
