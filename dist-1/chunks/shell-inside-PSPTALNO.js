import{createRequire as __r}from'node:module';const require=__r(import.meta.url);
import{a as j,c as z}from"./chunk-JRI2VJLB.js";import{a as G,b as A}from"./chunk-NV7574CJ.js";import{a as V,c as F}from"./chunk-UNVNX7QP.js";import"./chunk-TIODANHA.js";import"./chunk-N2ZFYQSV.js";import"./chunk-2BDLI2G4.js";import"./chunk-4DWTBSUB.js";import{a as L}from"./chunk-TXIAC3UF.js";import"./chunk-JJBDTZNP.js";import"./chunk-WNF2ICPQ.js";import"./chunk-C7XFWDVQ.js";import"./chunk-7USOR3LJ.js";import"./chunk-YAXBQSA3.js";import"./chunk-ENGFJPJG.js";import{a as C}from"./chunk-TZIMTW7Q.js";import"./chunk-H7AFHOOT.js";import"./chunk-27QWQVZ5.js";import"./chunk-YWA2Z7JS.js";import"./chunk-ROFVYBM3.js";import{a as T,b as _,c as H,d as N,e as I}from"./chunk-BFAZOE76.js";import"./chunk-6BJJQL7Y.js";import{a as x,b as m,c as b,d as O}from"./chunk-QPO5S3UD.js";import"./chunk-DJXINGUY.js";import"./chunk-WKTULLHY.js";import"./chunk-P4ABNSIP.js";import"./chunk-MNHP4ZQX.js";import"./chunk-PFWIEKXW.js";import"./chunk-BYEBAYNU.js";import"./chunk-TSMAVIWA.js";import{a as k}from"./chunk-NZP4SRFU.js";import{d as M,e as D,i as U}from"./chunk-P57I7GK7.js";import{a as g}from"./chunk-DUHWPHCO.js";import{h as E}from"./chunk-64TCMUNO.js";import"./chunk-LQXHBPOJ.js";import"./chunk-2GBGL523.js";import"./chunk-SGANEAMP.js";import"./chunk-YXE6AA3M.js";import"./chunk-KW6NGY74.js";import{L as R}from"./chunk-XICON3VQ.js";import"./chunk-YTI7DB5C.js";import"./chunk-Z6OY4FOW.js";import"./chunk-SKAK2Y3G.js";import"./chunk-YWTOCCPP.js";import"./chunk-5IFDP7PL.js";import{b as u}from"./chunk-VX2EZPTK.js";import"./chunk-6KR26L2F.js";import"./chunk-2IB5YMFE.js";import{spawn as Hr}from"node:child_process";import{readlinkSync as Nr,rmSync as Ir}from"node:fs";import{Socket as Rr}from"node:net";import{constants as cr,userInfo as Mr}from"node:os";import{join as Dr}from"node:path";import{closeSync as Pr}from"node:fs";var h={directory:"/sys/fs/cgroup/memory",type:"cgroup",options:",memory"},W={directory:"/sys/fs/cgroup",type:"cgroup2",options:""},$=r=>R(r)===1?h:W,J=r=>r.split(`
`).filter(t=>!/^\S+ \S+ cgroup2? /.test(t)).join(`
`),B=(r,t,{directory:o,type:e,options:s}=h)=>`${r}${r.endsWith(`
`)?"":`
`}${t} ${o} ${e} rw,nosuid,nodev,noexec,relatime${s} 0 0
`,Z="#subsys_name	hierarchy	num_cgroups	enabled";function K(r,{type:t}=h){let o=r.split(`
`).filter(n=>n!==""&&!n.startsWith("#"));if(t==="cgroup2"){let n=new Set([...o.map(c=>c.split("	")[0]),"memory"]);return[Z,...[...n].map(c=>`${c}	0	1	1`),""].join(`
`)}let e=new Map(o.map(n=>[n.split("	")[0],Number(n.split("	")[1])])),s=e.get("memory")||Math.max(0,...e.values())+1,i=o.filter(n=>!n.startsWith("memory	"));return[Z,`memory	${s}	1	1`,...i.length>0?["#not-emulated",...i]:[],""].join(`
`)}var q=`#!/bin/sh
source=$1 dir=$2
shift 2
options=
while [ $# -gt 0 ]; do
  [ "$1" = -o ] && { options=$2; shift; }
  shift
done
others=$(printf %s "$options" | tr , '\\n' | grep -vxE 'rw|ro|(no)?(suid|dev|exec|atime|diratime|relatime)|relatime|defaults|memory|all|release_agent=.*')
if [ -n "$others" ]; then
  echo "mount.cgroup: $(printf %s "$others" | tr '\\n' ,): only the memory controller is emulated here: -o memory" >&2
  exit 32
fi
mount -i -n --bind ${h.directory} "$dir" || exit 32
printf '%s %s cgroup rw,relatime,memory 0 0\\n' "$source" "$(realpath "$dir")" >>/proc/mounts
`,X=r=>/\tcgroup2$/m.test(r)?r:`${r}nodev	cgroup2
`,Y=`made=$1
shift
sed -e '/ - cgroup2\\{0,1\\} /d' -e '\\| ${W.directory} |s/ - fuse[.]memcg \\([^ ]*\\) .*/ - cgroup2 \\1 rw/' /proc/$$/mountinfo >"$made/mountinfo"
echo 0::/ >"$made/cgroup"
for file in cgroup mountinfo; do mount -i -n --bind "$made/$file" /proc/$$/$file; done 2>/dev/null
exec "$@"
`,Q=`#!/bin/sh
dir=$1
shift
umount -i -n "$dir" "$@" || exit
rest=$(DIR=$dir awk '$2 != ENVIRON["DIR"]' /proc/mounts) && printf '%s\\n' "$rest" >/proc/mounts
`;import{chmodSync as rr,closeSync as ur,existsSync as lr,mkdirSync as hr,openSync as dr,readFileSync as d,realpathSync as fr,writeFileSync as yr}from"node:fs";import{join as w}from"node:path";var gr="/sys/fs/cgroup",$r=2097152,wr=131072,Sr=`set -e
made=$1 cgroup=/sys/fs/cgroup
mount -i -n -c --bind "$made/mounts" /proc/self/fd/3
[ ! -e "$made/cgroups" ] || mount -i -n --bind "$made/cgroups" /proc/cgroups
mount -i -n -t overlay -o "lowerdir=$made/sbin:$2" memcg "$2" 2>/dev/null || :
[ ! -e "$made/filesystems" ] || mount -i -n --bind "$made/filesystems" /proc/filesystems
mount -i -n -t tmpfs -o nr_inodes=2,mode=755,nosuid,nodev,noexec memcg $cgroup
mkdir -p $3
`;async function er(r,t,o){let e=dr("/proc/mounts",$r|wr);try{vr(t,r,o);let s=await f("sh",["-c",Sr,"sh",t,fr("/sbin"),o.directory],e);if(s!==null)throw new m(`a cgroup filesystem could not be laid over /sys/fs/cgroup: ${s}`)}finally{ur(e)}}function vr(r,t,o){let e=(s,i,n)=>{let c=w(r,s);yr(c,i),rr(c,n)};hr(w(r,"sbin"),{recursive:!0}),rr(w(r,"sbin"),493),e("mounts",B(J(d("/proc/self/mounts","utf8")),t,o),420),lr("/proc/cgroups")&&e("cgroups",K(d("/proc/cgroups","utf8"),o),420),o.type==="cgroup2"&&e("filesystems",X(d("/proc/filesystems","utf8")),420),e("sbin/mount.cgroup",q,493);for(let s of["fuse","fuse.memcg"])e(`sbin/umount.${s}`,Q,493)}async function tr({directory:r}){let t=await f("mount",["-i","-n","--bind",r,r]);if(t!==null)throw new m(`${r}: ${t}`)}async function y(r){let o=F(d("/proc/self/mountinfo","utf8")).filter(e=>e.type===V&&e.source===r);o.length>0&&await f("umount",["-i","-n","-f","-l",...o.map(({directory:e})=>e)]),await f("mount",["-i","-n","-o","remount,bind,ro,nosuid,nodev,noexec",gr])}function or(){let r=process.cwd();try{process.chdir(r)}catch{process.chdir("/")}}async function f(r,t,o){let{status:e,stderr:s}=await x(r,t,o);return e===0?null:s.trim().split(`
`)[0]||`${r} ended with ${e}`}var nr=r=>r.shared?new P(r.session):new v(r),S=r=>process.stderr.write(u(`memcg: ${r}
`)),v=class{#r;#e=new N;#t;paths;constructor({session:t,boot:o,machine:e}){this.#r=t;let{socket:s,lock:i,log:n}=U(t);if(this.paths=[s,i,n,D(t)],!k(i))throw new m(`session ${t} is up already`);this.#t=new A({budget:new G,session:t,sync:!1,opener:C,mounter:this.#e,say:S,boot:{...o!==void 0&&{boot:o},...e!==void 0&&{machine:e}}})}async start(){return await this.#t.start(),$(this.#t.session.live.machine.options.kernel)}async mount({directory:t}){await this.#t.mount({directory:t,allowOther:!0,namespace:I()})}async remove(){await y(this.#r)}},P=class{#r;paths=[];#e=null;#t=!1;constructor(t){this.#r=t}async start(){this.#e=await L({session:this.#r,boot:"never"});for(let t of this.#e.server.notices)S(t);return $((await this.#e.request("inspect",{})).kernel)}async mount({directory:t}){if(this.#e===null)throw new m(`session ${this.#r} is not up`);let o=_(),e=b();try{await O(e,t,{owner:o,source:this.#r,allowOther:!0});let{socket:s}=await this.#e.request("relay",o),{ready:i,ended:n}=H(e,s);n.then(()=>this.#o(t)),await Promise.race([i,n])}catch(s){throw Pr(e),s}}async remove(){this.#t=!0,await y(this.#r),this.#e?.close()}#o(t){this.#t||(S(`session ${this.#r} has ended: ${t} is empty from now on`),y(this.#r))}};import{mkdirSync as Er,writeFileSync as xr}from"node:fs";import{basename as br,join as Or}from"node:path";function sr(r,t,o,e){let s=`(${t}) `,i=(n,c)=>{Er(o,{recursive:!0,mode:448});let a=Or(o,n);return xr(a,c,{mode:384}),a};switch(br(r)){case"bash":{let n=`[ -r /etc/bash.bashrc ] && . /etc/bash.bashrc
[ -r ~/.bashrc ] && . ~/.bashrc
PS1="${s}$PS1"
`;return{command:[r,"--rcfile",i("bashrc",n)],env:e}}case"zsh":{let n="$".concat("{MEMCG_ZDOTDIR:-$HOME}");i(".zshenv",`[ -r "${n}/.zshenv" ] && . "${n}/.zshenv"
`),i(".zshrc",`ZDOTDIR=${n}
[ -r "$ZDOTDIR/.zshrc" ] && . "$ZDOTDIR/.zshrc"
PROMPT="${s}$PROMPT"
`);let c=e.ZDOTDIR;return{command:[r],env:{...e,...c&&{MEMCG_ZDOTDIR:c},ZDOTDIR:o}}}case"fish":{let n=`functions -c fish_prompt _memcg_prompt; function fish_prompt; echo -n '${s}'; _memcg_prompt; end`;return{command:[r,"-C",n],env:e}}default:return{command:[r],env:{...e,ENV:i("shrc",`PS1='${s}'"\${PS1:-$ }"
`)}}}}var Ur=3,kr=[m,g];async function Re(r){let t=JSON.parse(r),o=new Rr({fd:3});o.on("error",()=>{}),o.write(`${z} ${ar()}
`),o.resume();for(let e of["SIGINT","SIGQUIT"])process.on(e,()=>{});try{process.exit(await Lr(t,o))}catch(e){if(!kr.some(s=>e instanceof s)&&!E(e))throw e;process.stderr.write(u(`memcg: shell: ${e.message}
`)),process.exit(e instanceof g?e.exit:Ur)}}var ar=()=>Nr("/proc/self/ns/mnt");async function Lr(r,t){let o=nr(r),e=Dr(M(),`shell-${process.pid}.files`),s=[...o.paths,e],i=T(s);try{let n=await o.start();return await er(r.session,e,n),or(),await o.mount(n),await tr(n),await Ar(Cr(r,e,n),t,r.session)}finally{await o.remove();for(let n of s)Ir(n,{recursive:!0,force:!0});i.release()}}function Cr(r,t,o){let{env:e,command:s}=Gr(r,t,o);return o.type==="cgroup"?{env:e,command:s}:{env:e,command:["/bin/sh","-c",Y,"sh",t,...s]}}function Gr({session:r,shared:t,command:o},e,{directory:s}){let i=t?{}:{MEMCG_GROUP:"/"},n={...process.env,MEMCG_SESSION:r,...i};if(o!==null)return{command:o,env:n};process.stdin.isTTY&&process.stderr.write(`memcg: ${s} is an emulated machine here, until you leave this shell
`);let c=process.env.SHELL||Mr().shell||"/bin/sh";return sr(c,t?`memcg ${r}`:"memcg",e,n)}function Ar({command:r,env:t},o,e){let[s="/bin/sh",...i]=r;return o.destroyed?Promise.resolve(128+cr.signals.SIGHUP):new Promise(n=>{let c=null,a=Hr(s,i,{stdio:"inherit",env:t});if(a.once("error",p=>{let[l,pr]=Vr[p.code??""]??[126,p.message];process.stderr.write(u(`memcg: shell: ${s}: ${pr}
`)),n(l)}),a.once("exit",async(p,l)=>{await c,n(l===null?p??0:128+cr.signals[l])}),a.pid!==void 0){for(let p of["SIGTERM","SIGHUP"])process.on(p,()=>a.kill(p));o.once("close",()=>{c=j(ar(),e)})}})}var Vr={ENOENT:[127,"command not found"],EACCES:[126,"permission denied"]};export{Re as shellInside};
