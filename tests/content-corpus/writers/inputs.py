"""Makes the inputs that the writers convert: a picture, a tone, a short text."""
import math
import struct
import wave
import zlib

TEXT = """# Quarterly report

Revenue grew by 4 % in the *third* quarter; costs fell.

| region | revenue |
|--------|--------:|
| North  |   1,204 |
| South  |     873 |

- Ship the new client
- Review the budget
"""


def make_inputs(folder):
    (folder / "in.png").write_bytes(png(48, 32))
    (folder / "small.png").write_bytes(png(16, 16))
    tone(folder / "in.wav")
    (folder / "in.md").write_text(TEXT)
    (folder / "in.txt").write_text("Minutes of the meeting\n\nPresent: Ada, Grace.\nNext meeting: Monday, 10:00.\n")
    (folder / "in.csv").write_text("region,revenue\nNorth,1204\nSouth,873\n")
    (folder / "in.srt").write_text("1\n00:00:00,000 --> 00:00:00,400\nHello.\n")
    (folder / "in.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><rect width="60" height="40" fill="#36c"/>'
        '<circle cx="30" cy="20" r="12" fill="#fc3"/></svg>')


def png(width, height):
    rows = b"".join(
        b"\0" + bytes(v for x in range(width) for v in ((x * 5) % 256, (y * 7) % 256, (x * y) % 256)) for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def tone(path):
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16000)
        out.writeframes(b"".join(struct.pack("<h", int(9000 * math.sin(i / 6))) for i in range(6400)))
