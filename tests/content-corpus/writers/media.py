"""Audio and video from FFmpeg, SoX, LAME, TwoLAME, flac, oggenc, opusenc, mkvmerge, WavPack, Mutagen and Python."""

TYPES = {
    "mp3": "audio/mpeg", "mp2": "audio/mpeg", "wav": "audio/wav", "flac": "audio/flac", "ogg": "audio/ogg", "oga": "audio/ogg",
    "opus": "audio/ogg", "m4a": "audio/mp4", "aac": "audio/aac", "aiff": "audio/aiff", "au": "audio/basic", "wma": "audio/x-ms-wma",
    "wv": "audio/x-wavpack", "mka": "audio/x-matroska", "weba": "audio/webm", "mp4": "video/mp4", "m4v": "video/mp4",
    "mov": "video/quicktime", "webm": "video/webm", "mkv": "video/x-matroska", "avi": "video/x-msvideo", "3gp": "video/3gpp",
    "3g2": "video/3gpp2", "mpg": "video/mpeg", "ts": "video/mp2t", "flv": "video/x-flv", "wmv": "video/x-ms-wmv", "ogv": "video/ogg",
}

AUDIO = """
lame-bare.mp3 lame lame --quiet -t --noreplaygain in.wav $OUT
lame-tagged.mp3 lame lame --quiet --tt Song --ta Ada --id3v2-only in.wav $OUT
lame-variable.mp3 lame lame --quiet -V4 in.wav $OUT
ffmpeg-tagged.mp3 ffmpeg ffmpeg -v error -i in.wav -metadata title=Song $OUT
ffmpeg-bare.mp3 ffmpeg ffmpeg -v error -i in.wav -id3v2_version 0 -write_xing 0 $OUT
sox-constant.mp3 sox sox in.wav $OUT
twolame-layer2.mp2 twolame twolame --quiet in.wav $OUT
sox-plain.wav sox sox in.wav $OUT
ffmpeg-listed.wav ffmpeg ffmpeg -v error -i in.wav -metadata title=Song $OUT
ffmpeg-large.wav ffmpeg ffmpeg -v error -i in.wav -rf64 always $OUT
python-wave.wav python cp in.wav $OUT
flac-plain.flac flac flac --totally-silent in.wav -o $OUT
ffmpeg-plain.flac ffmpeg ffmpeg -v error -i in.wav $OUT
mutagen-tagged.flac python3-mutagen flac --totally-silent -f in.wav -o $OUT; /usr/bin/python3 -c "$TAG" $OUT
oggenc-vorbis.ogg vorbis-tools oggenc -Q in.wav -o $OUT
ffmpeg-vorbis.oga ffmpeg ffmpeg -v error -i in.wav -c:a libvorbis $OUT
ffmpeg-flac.oga ffmpeg ffmpeg -v error -i in.wav -c:a flac $OUT
opusenc-speech.opus opus-tools opusenc --quiet in.wav $OUT
ffmpeg-speech.opus ffmpeg ffmpeg -v error -i in.wav $OUT
ffmpeg-song.m4a ffmpeg ffmpeg -v error -i in.wav $OUT
ffmpeg-isobrand.m4a ffmpeg ffmpeg -v error -i in.wav -f mp4 $OUT
ffmpeg-adts.aac ffmpeg ffmpeg -v error -i in.wav $OUT
mutagen-tagged.aac python3-mutagen ffmpeg -v error -y -i in.wav $OUT; /usr/bin/python3 -c "$TAG" $OUT
ffmpeg-plain.aiff ffmpeg ffmpeg -v error -i in.wav $OUT
sox-plain.aiff sox sox in.wav $OUT
sox-plain.au sox sox in.wav $OUT
ffmpeg-song.wma ffmpeg ffmpeg -v error -i in.wav $OUT
wavpack-song.wv wavpack wavpack -q in.wav -o $OUT
ffmpeg-song.mka ffmpeg ffmpeg -v error -i in.wav -c:a libopus $OUT
ffmpeg-recording.weba ffmpeg ffmpeg -v error -i in.wav -c:a libopus -f webm $OUT
mkvmerge-song.mka mkvtoolnix flac --totally-silent -f in.wav -o t.flac; mkvmerge -q -o $OUT t.flac
"""

VIDEO = """
ffmpeg-avc.mp4 -c:v libx264 -f mp4
ffmpeg-faststart.mp4 -c:v libx264 -movflags +faststart -f mp4
ffmpeg-fragmented.mp4 -c:v libx264 -movflags frag_keyframe+empty_moov+default_base_moof -f mp4
ffmpeg-hevc.mp4 -c:v libx265 -tag:v hvc1 -f mp4
ffmpeg-itunes.m4v -c:v libx264 -f ipod
ffmpeg-avc.mov -c:v libx264 -f mov
ffmpeg-jpeg.mov -c:v mjpeg -f mov
ffmpeg-vp8.webm -c:v libvpx -f webm
ffmpeg-vp9.webm -c:v libvpx-vp9 -f webm
ffmpeg-live.webm -c:v libvpx -live 1 -f webm
ffmpeg-avc.mkv -c:v libx264 -f matroska
ffmpeg-mpeg4.avi -c:v mpeg4 -f avi
ffmpeg-jpeg.avi -c:v mjpeg -f avi
ffmpeg-h263.3gp -c:v h263 -s 128x96 -f 3gp
ffmpeg-mpeg4.3g2 -c:v mpeg4 -f 3g2
ffmpeg-program.mpg -c:v mpeg1video -r 25 -f mpeg
ffmpeg-dvd.mpg -c:v mpeg2video -f vob
ffmpeg-transport.ts -c:v mpeg2video -f mpegts
ffmpeg-sorenson.flv -c:v flv -f flv
ffmpeg-video.wmv -c:v wmv2 -f asf
ffmpeg-theora.ogv -c:v libtheora -f ogv
"""

TAG = "import sys; from mutagen.id3 import ID3, TIT2; t = ID3(); t.add(TIT2(encoding=3, text='Song')); t.save(sys.argv[1])"


def add(corpus):
    for line in AUDIO.strip().splitlines():
        name, writer, command = line.split(" ", 2)
        corpus.run(name, type_of(name), writer, f'TAG="{TAG}"; {command}')
    for line in VIDEO.strip().splitlines():
        name, options = line.split(" ", 1)
        corpus.run(name, type_of(name), "ffmpeg", f"ffmpeg -v error -f lavfi -i testsrc=d=0.2:s=64x48:r=10 {options} $OUT")
    for name, source in (("mkvmerge-avc.mkv", "ffmpeg-avc.mp4"), ("mkvmerge-vp8.webm", "ffmpeg-vp8.webm")):
        web = "-w" if name.endswith("webm") else ""
        corpus.run(name, type_of(name), "mkvtoolnix", f"mkvmerge -q {web} -o $OUT {corpus.outputs / source}")


def type_of(name):
    return TYPES[name.rsplit(".", 1)[1]]
