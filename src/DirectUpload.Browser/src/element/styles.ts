// The look: calm, native-feeling, and open to change by custom properties and parts (docs/upload-element.md).

// Its own properties begin with an underscore: a page whose own "--accent" colors the element must not refer to itself.

const css = `
:host{--_accent:var(--direct-upload-accent,light-dark(#1d5fd1,#8fb8ff));--_radius:var(--direct-upload-radius,12px);--_soft:#8881;
display:block;line-height:1.4}
:host([hidden]),[hidden]{display:none!important}
*{box-sizing:border-box;margin:0;padding:0;min-width:0}
button{font:inherit;color:inherit;border:0;background:none;cursor:pointer}
:disabled{cursor:default;opacity:.55}
:focus-visible{outline:2px solid var(--_accent);outline-offset:2px}
svg{width:1.25rem;flex:none;fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
.chooser,li{display:flex;align-items:center;gap:.75rem;border-radius:var(--_radius);background:var(--direct-upload-background,none)}
.chooser{width:100%;justify-content:center;padding:1.75rem 1rem;text-align:start;border:1.5px dashed #858585}
.some .chooser{padding:.625rem}
.chooser svg{width:2.25rem;padding:.4rem;border-radius:50%;background:var(--_soft)}
b{display:block;font-weight:600}
.chooser svg,b,.fold{color:var(--_accent)}
:enabled:hover,.over .chooser{background:var(--_soft);border-color:var(--_accent)}
.over .chooser{border-style:solid}
p,small,.fold,.status{font-size:.8125rem}
small,.hint,bdi,.icon{color:color-mix(in srgb,currentColor 78%,transparent)}
p{margin-top:.5rem}
.hint::first-letter{text-transform:uppercase}
.error,.bad .status *,.bad .thumb{color:var(--direct-upload-error,light-dark(#b3261e,#ffb0a8))}
ul{list-style:none;display:grid;gap:.5rem;margin-top:.75rem}
li{padding:.625rem;padding-inline-end:.375rem;border:1px solid #8885}
.thumb,.icon{display:grid;place-items:center;flex:none}
.thumb{width:2.75rem;height:2.75rem;overflow:hidden;background:var(--_soft);border-radius:calc(var(--_radius)*.6)}
img{width:100%;height:100%;object-fit:cover}
.body{flex:1;overflow-wrap:anywhere}
.name{font-size:.9375rem;font-weight:500}
.name bdi{color:inherit}
.status{display:flex;gap:.25rem;font-variant-numeric:tabular-nums}
.status svg{width:1rem;color:var(--direct-upload-success,light-dark(#17753a,#7fd69b))}
progress{width:100%;height:.375rem;accent-color:var(--_accent)}
.icon{width:2.25rem;height:2.25rem;border-radius:50%}
.icon+.icon{margin-inline-start:-.75rem}
.fold{padding:.5rem}
.live{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
@media(pointer:coarse){small{display:none!important}}
`;

let sheet: CSSStyleSheet | undefined;

/** One style sheet for all elements of the page; a constructed one needs no permission of a content security policy. */
export function styles(): CSSStyleSheet {
  if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(css);
  return sheet;
}
