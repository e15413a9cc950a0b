"""Files that are not what their name and declared type say, under profiles that do not take what they are."""
from . import forged, hostile, office

# Upload name, declared type, profile.
CLAIMS = {
    "jpeg": ("photo.jpg", "image/jpeg", "image/jpeg"),
    "jpeg, no type": ("photo.jpg", "", "image/jpeg"),
    "png": ("logo.png", "image/png", "image/png"),
    "any image": ("photo.foo", "image/x-foo", "image/*"),
    "any image, no type": ("photo.png", "application/octet-stream", "image/*"),
    "heic": ("IMG_1.heic", "image/heic", "image/heic"),
    "pdf": ("invoice.pdf", "application/pdf", "application/pdf"),
    "pdf, no type": ("invoice.pdf", "", "application/pdf"),
    "mp3": ("song.mp3", "audio/mpeg", "audio/mpeg"),
    "any audio": ("song.foo", "audio/x-foo", "audio/*"),
    "mp4": ("clip.mp4", "video/mp4", "video/mp4"),
    "any video": ("clip.foo", "video/x-foo", "video/*"),
    "text": ("notes.txt", "text/plain", "text/plain"),
    "csv": ("data.csv", "text/csv", "text/csv"),
    "csv from Excel": ("data.csv", "application/vnd.ms-excel", "text/csv"),
    "xls": ("table.xls", "application/vnd.ms-excel", "application/vnd.ms-excel"),
    "doc or rtf": ("letter.doc", "application/msword", "application/msword,application/rtf"),
    "docx": ("letter.docx", office.TYPES["docx"], office.TYPES["docx"]),
    "typescript": ("main.ts", "video/mp2t", "text/typescript"),
}


def add(corpus):
    honest = set(corpus.files)
    for name, kind, content in hostile.files(corpus):
        corpus.add(name, kind, "hand", content)
    for name in sorted(set(corpus.files) - honest):
        for claim, (upload_name, declared, profile) in CLAIMS.items():
            if not hostile.is_admitted(name, claim):
                yield name, upload_name, declared, profile, f"{corpus.files[name][0]} as {claim}"
    for name, kind, content, upload_name, declared, profile in forged.files(corpus):
        if name not in corpus.files:
            corpus.add(name, kind, "hand", content)
        yield name, upload_name, declared, profile, kind
