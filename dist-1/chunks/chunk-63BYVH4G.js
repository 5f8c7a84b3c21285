import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
import{a as o,b as i,e as a,f as n}from"./chunk-LXCEW7QY.js";import{a as p}from"./chunk-ABJEWI3O.js";var m=({title:t,styles:e,body:r,script:s})=>`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${p(t)}</title>
<style>${n()}${d()}${e}</style>
</head>
<body>
${r}
<script>${s.trim().replaceAll("</script","<\\/script")}</script>
</body>
</html>
`,l=t=>Object.entries(t).map(([e,r])=>`--${e}:${r}`).join(";"),d=()=>`
:root{color-scheme:light dark;${l(o)}}
@media (prefers-color-scheme:dark){:root{${l(i)}}}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.5 ${a};font-variant-numeric:tabular-nums}
main{margin:0 auto;padding:12px 28px 80px}
h1{font-size:30px;line-height:1.25;margin:20px 0 6px;overflow-wrap:anywhere}
h2{overflow-wrap:anywhere}
.quiet-text{color:var(--quiet)}
.bad-text{color:var(--bad)}
figure{margin:0;min-width:0}
.key{display:block}
table{border-collapse:collapse;font-size:16px}
th,td{padding:4px 18px 4px 0;text-align:right;white-space:nowrap;vertical-align:top}
th{font-weight:600}
thead th{color:var(--quiet);font-weight:400;border-bottom:1px solid var(--quiet);background:var(--paper)}
tbody tr{border-bottom:1px solid var(--grid)}
tbody th[scope=row],th.name,td.name{text-align:left}
input[type=checkbox]{width:18px;height:18px;accent-color:var(--usage)}
button{font:inherit;font-size:15px;font-weight:400;color:var(--ink);background:var(--paper);border:1px solid var(--quiet);border-radius:6px;padding:2px 12px;cursor:pointer}
button:hover{border-color:var(--ink)}
button:focus-visible,input:focus-visible,a:focus-visible{outline:3px solid var(--usage);outline-offset:2px}
[hidden]{display:none!important}
`;export{m as a};
