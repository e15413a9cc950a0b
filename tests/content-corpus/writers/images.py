"""Pictures from ImageMagick, GraphicsMagick, FFmpeg, libvips, Pillow, sharp and the formats' own tools."""

TYPES = {
    "jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp", "avif": "image/avif", "heic": "image/heic",
    "bmp": "image/bmp", "tiff": "image/tiff", "ico": "image/vnd.microsoft.icon", "psd": "image/vnd.adobe.photoshop",
    "jp2": "image/jp2", "jxl": "image/jxl", "svg": "image/svg+xml",
}

COMMANDS = """
imagemagick-baseline.jpg imagemagick convert in.png $OUT
imagemagick-progressive.jpg imagemagick convert in.png -interlace JPEG $OUT
imagemagick-gray.jpg imagemagick convert in.png -colorspace Gray $OUT
imagemagick-rgb.png imagemagick convert in.png $OUT
imagemagick-palette.png imagemagick convert in.png -colors 16 PNG8:$OUT
imagemagick-still.gif imagemagick convert in.png $OUT
imagemagick-lossy.webp imagemagick convert in.png $OUT
imagemagick-version5.bmp imagemagick convert in.png $OUT
imagemagick-version3.bmp imagemagick convert in.png BMP3:$OUT
imagemagick-version2.bmp imagemagick convert in.png BMP2:$OUT
imagemagick-lzw.tiff imagemagick convert in.png -compress LZW $OUT
imagemagick-bigendian.tiff imagemagick convert in.png -endian MSB $OUT
imagemagick-sizes.ico imagemagick convert small.png -define icon:auto-resize=16,32 $OUT
imagemagick-layers.psd imagemagick convert in.png $OUT
graphicsmagick-baseline.jpg graphicsmagick gm convert in.png $OUT
graphicsmagick-rgb.png graphicsmagick gm convert in.png $OUT
graphicsmagick-still.gif graphicsmagick gm convert in.png $OUT
graphicsmagick-rgb.bmp graphicsmagick gm convert in.png $OUT
graphicsmagick-plain.tiff graphicsmagick gm convert in.png $OUT
ffmpeg-frame.jpg ffmpeg ffmpeg -v error -i in.png -f mjpeg $OUT
ffmpeg-rgb.png ffmpeg ffmpeg -v error -i in.png $OUT
ffmpeg-animation.png ffmpeg ffmpeg -v error -f lavfi -i testsrc=d=0.3:s=32x24:r=10 -f apng $OUT
ffmpeg-animation.gif ffmpeg ffmpeg -v error -f lavfi -i testsrc=d=0.3:s=32x24:r=10 $OUT
ffmpeg-lossy.webp ffmpeg ffmpeg -v error -i in.png $OUT
ffmpeg-rgb.bmp ffmpeg ffmpeg -v error -i in.png $OUT
ffmpeg-plain.tiff ffmpeg ffmpeg -v error -i in.png $OUT
vips-baseline.jpg libvips-tools vips copy in.png $OUT
vips-rgb.png libvips-tools vips copy in.png $OUT
vips-lossy.webp libvips-tools vips copy in.png $OUT
vips-tiled.tiff libvips-tools vips tiffsave in.png $OUT --tile --bigtiff
vips-hevc.heic libvips-tools vips heifsave in.png $OUT --compression hevc
vips-av1.avif libvips-tools vips heifsave in.png $OUT --compression av1
vips-still.gif libvips-tools vips gifsave in.png $OUT
cwebp-lossy.webp webp cwebp -quiet in.png -o $OUT
cwebp-lossless.webp webp cwebp -quiet -lossless in.png -o $OUT
img2webp-animation.webp webp img2webp -d 100 in.png -lossy in.png -o $OUT
heif-enc-hevc.heic libheif-examples heif-enc in.png -o $OUT
heif-enc-av1.avif libheif-examples heif-enc -A in.png -o $OUT
avifenc-still.avif libavif-bin avifenc in.png $OUT
avifenc-sequence.avif libavif-bin avifenc small.png small.png $OUT
cjxl-lossy.jxl libjxl-tools cjxl in.png $OUT
cjxl-container.jxl libjxl-tools cjxl in.png $OUT --container=1
opj-still.jp2 libopenjp2-tools opj_compress -i in.png -o $OUT
netpbm-rgb.png netpbm pngtopnm in.png | pnmtopng > $OUT
netpbm-baseline.jpg netpbm pngtopnm in.png | pnmtojpeg > $OUT
netpbm-os2.bmp netpbm pngtopnm in.png | ppmtobmp -os2 > $OUT
netpbm-windows.bmp netpbm pngtopnm in.png | ppmtobmp -windows > $OUT
netpbm-still.gif netpbm pngtopnm in.png | pnmquant 16 | ppmtogif > $OUT
netpbm-icon.ico netpbm pngtopnm small.png | pnmquant 16 | ppmtowinicon > $OUT
optipng-small.png optipng optipng -quiet in.png -out $OUT
gifsicle-small.gif gifsicle convert in.png t.gif; gifsicle -O3 t.gif -o $OUT
icotool-icon.ico icoutils icotool -c -o $OUT small.png
exiftool-camera.jpg libimage-exiftool-perl convert in.png $OUT; exiftool -q -overwrite_original -Make=Canon -Model=EOS -Rating=3 $OUT
exiftool-raw.tiff libimage-exiftool-perl convert in.png $OUT; exiftool -q -overwrite_original -Make=Canon $OUT
graphviz-graph.svg graphviz echo 'digraph { a -> b -> c }' | dot -Tsvg -o $OUT
gnuplot-plot.svg gnuplot-nox gnuplot -e 'set term svg size 200,150; set samples 9; set output "'$OUT'"; plot sin(x)'
qrencode-code.svg qrencode qrencode -t SVG -o $OUT hello
qrencode-code.png qrencode qrencode -o $OUT hello
poppler-page.svg poppler-utils python3 -c "import cairosvg; cairosvg.svg2pdf(url='in.svg', write_to='p.pdf')"; pdftocairo -svg p.pdf $OUT
cairosvg-drawing.png python3-cairosvg python3 -c "import cairosvg; cairosvg.svg2png(url='in.svg', write_to='$OUT')"
matplotlib-plot.svg python3-matplotlib python3 -c "$PLOT" $OUT
matplotlib-plot.png python3-matplotlib python3 -c "$PLOT" $OUT
sharp-baseline.jpg npm:sharp node -e "require('sharp')('in.png').jpeg().toFile('$OUT')"
sharp-mozjpeg.jpg npm:sharp node -e "require('sharp')('in.png').jpeg({mozjpeg:true}).toFile('$OUT')"
sharp-rgb.png npm:sharp node -e "require('sharp')('in.png').png().toFile('$OUT')"
sharp-lossy.webp npm:sharp node -e "require('sharp')('in.png').webp().toFile('$OUT')"
sharp-still.avif npm:sharp node -e "require('sharp')('in.png').avif().toFile('$OUT')"
sharp-still.gif npm:sharp node -e "require('sharp')('in.png').gif().toFile('$OUT')"
sharp-plain.tiff npm:sharp node -e "require('sharp')('in.png').tiff().toFile('$OUT')"
"""

PILLOW = """
pillow-cmyk.jpg i.convert('CMYK').save(o)
pillow-exif.jpg i.save(o, exif=i.getexif(), dpi=(72, 72))
pillow-alpha.png i.convert('RGBA').save(o)
pillow-animation.gif i.save(o, save_all=True, append_images=[i.rotate(90)], duration=80)
pillow-animation.webp i.save(o, save_all=True, append_images=[i.rotate(90)], duration=80)
pillow-rgb.bmp i.save(o)
pillow-pages.tiff i.save(o, save_all=True, append_images=[i])
pillow-icon.ico i.resize((32, 32)).save(o)
pillow-still.jp2 i.save(o)
"""

PLOT = ("import sys, matplotlib; matplotlib.use('Agg'); import matplotlib.pyplot as p; p.figure(figsize=(1.5, 1)); p.plot([1, 3, 2]); "
        "p.savefig(sys.argv[1], dpi=50)")


def add(corpus):
    for line in COMMANDS.strip().splitlines():
        name, writer, command = line.split(" ", 2)
        corpus.run(name, TYPES[name.rsplit(".", 1)[1]], writer, f"PLOT={quote(PLOT)}; {command}")
    for line in PILLOW.strip().splitlines():
        name, code = line.split(" ", 1)
        script = f"import sys; from PIL import Image; o = sys.argv[1]; i = Image.open('in.png'); {code}"
        corpus.run(name, TYPES[name.rsplit(".", 1)[1]], "python3-pil", f"/usr/bin/python3 -c {quote(script)} $OUT")


def quote(text):
    return "'" + text.replace("'", "'\\''") + "'"
