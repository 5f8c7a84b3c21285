// src/kernel/errno.ts
var refuse = (errno, why = "") => ({ ok: false, errno, why });
var done = (value) => ({ ok: true, value });
var OK = { ok: true, value: void 0 };

// src/fs/fault-inject.ts
var nextFault = (faults, path, access) => faults.find((fault) => fault.path === path && (fault.on === null || fault.on === access)) ?? null;
function shouldFail(faults, path, access) {
  const fault = nextFault(faults, path, access);
  if (fault === null) return null;
  if (fault.after > 0) {
    fault.after -= 1;
    return null;
  }
  if (fault.times !== null) fault.times -= 1;
  if (fault.times === 0) faults.splice(faults.indexOf(fault), 1);
  return refuse(fault.errno, `a fault that was set, ${left(fault)}: 'memcg faults' lists them`);
}
var left = ({ times }) => times === null ? "until it is cleared" : times === 0 ? "the last" : `${times} more to come`;

// src/fs/directory.ts
function controlFiles(fs, cgroup) {
  return cgroup.removed ? [] : fs.controller.files(fs.mm, cgroup.memcg, fs.extras);
}
var driverOf = ({ controller, mm }, cgroup, name) => controller.files(mm, cgroup.memcg, true).find((file) => file.name === name) ?? null;
var fileNumber = ({ controller, mm }, name) => controller.allFiles(mm).findIndex((file) => file.name === name);
var filePath = ({ memcg: { path } }, name) => path === "/" ? `/${name}` : `${path}/${name}`;
var faultOf = (fs, cgroup, name, access) => fs.faults.length === 0 ? null : shouldFail(fs.faults, filePath(cgroup, name), access);
var readFile = (file, fs, cgroup) => file.read?.(fs, cgroup) ?? refuse("EINVAL", file.refusal ?? "this file can only be written");
var writeFile = (file, fs, cgroup, data, writer) => faultOf(fs, cgroup, file.name, "write") ?? file.write?.(fs, cgroup, data, writer) ?? refuse("EINVAL", file.refusal ?? "this file is read only");

// src/kernel/text.ts
var decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
var encoder = new TextEncoder();
var isEscape = (unit) => unit >= 56448 && unit <= 56575;
function decodeText(data) {
  try {
    return decoder.decode(data);
  } catch {
    return decodeByPiece(data);
  }
}
function decodeByPiece(data) {
  let text = "";
  let at = 0;
  while (at < data.length) {
    const length = sequenceLength(data, at);
    if (length === 0) {
      text += String.fromCharCode(56320 + (data[at] ?? 0));
      at += 1;
    } else {
      text += decoder.decode(data.subarray(at, at + length));
      at += length;
    }
  }
  return text;
}
function sequenceLength(data, at) {
  const lead = data[at] ?? 0;
  const length = lead < 128 ? 1 : lead < 194 ? 0 : lead < 224 ? 2 : lead < 240 ? 3 : lead < 245 ? 4 : 0;
  if (length === 0 || at + length > data.length) return 0;
  try {
    decoder.decode(data.subarray(at, at + length));
    return length;
  } catch {
    return 0;
  }
}
function encodeText(text) {
  return (text.length <= SHORT ? encodeAscii(text) : null) ?? encodeAny(text);
}
var SHORT = 64;
function encodeAscii(text) {
  const data = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit > 127) return null;
    data[at] = unit;
  }
  return data;
}
function encodeAny(text) {
  if (text.isWellFormed?.() ?? !/[\ud800-\udfff]/u.test(text)) return encoder.encode(text);
  const out = [];
  for (const character of text) {
    const unit = character.charCodeAt(0);
    if (character.length === 1 && isEscape(unit)) out.push(unit - 56320);
    else out.push(...encoder.encode(character));
  }
  return Uint8Array.from(out);
}
var isLongerThan = (text, bytes2) => text.length > bytes2 || 3 * text.length > bytes2 && encodeText(text).length > bytes2;

// src/fs/inode.ts
var S_IFMT = 61440;
var S_IFDIR = 16384;
var S_IFREG = 32768;
var S_ISVTX = 512;
var S_IALLUGO = 4095;
var MAX_BYTES = 2 ** 31 - 1;
var BLOCK_SIZE = 4096;
function takeIno(fs) {
  const ino = fs.nextIno;
  fs.nextIno += fs.controller.traits.maxFiles;
  return ino;
}
function directoryInode(ino, mode, who, time) {
  const bits = mode & ~who.umask & (511 | S_ISVTX);
  return {
    ino,
    mode: S_IFDIR | bits,
    uid: who.uid,
    gid: who.gid,
    size: 0,
    atime: time,
    mtime: time,
    ctime: time
  };
}
function inodeOf(fs, cgroup, file) {
  if (file === null) return cgroup.inode;
  return cgroup.fileInodes.get(file) ?? freshFile(fs, cgroup, file);
}
function freshFile(fs, cgroup, file) {
  const { inode, made } = cgroup;
  const { uid, gid, time } = made;
  const mode = S_IFREG | (driverOf(fs, cgroup, file)?.mode ?? 420);
  const ino = inode.ino + 1 + fileNumber(fs, file);
  return { ino, mode, uid, gid, size: 0, atime: time, mtime: time, ctime: time };
}
function keptInode(fs, cgroup, file) {
  const inode = inodeOf(fs, cgroup, file);
  if (file !== null) cgroup.fileInodes.set(file, inode);
  return inode;
}
function statOf(fs, cgroup, file) {
  const { linksWhenRemoved } = fs.controller.traits;
  const nlink = cgroup.removed ? linksWhenRemoved : file === null ? 2 + cgroup.children.length : 1;
  return { ...inodeOf(fs, cgroup, file), nlink, blocks: 0, blksize: BLOCK_SIZE };
}
var MAY_EXEC = 1;
var MAY_WRITE = 2;
var MAY_READ = 4;
function permission(inode, mask, who) {
  const { mode, uid, gid } = inode;
  const shift = who.uid === uid ? 6 : inGroup(who, gid) ? 3 : 0;
  if (who.uid === 0 || (mode >> shift & mask) === mask) return OK;
  return refuse(
    "EACCES",
    `mode ${(mode & S_IALLUGO).toString(8)} of uid ${uid} does not let uid ${who.uid} do that`
  );
}
var inGroup = (who, gid) => who.gid === gid || who.groups.includes(gid);
var sticky = (directory2, victim, who) => (directory2.mode & S_ISVTX) !== 0 && who.uid !== 0 && who.uid !== victim.uid && who.uid !== directory2.uid;
var S_ISUID = 2048;
var S_ISGID = 1024;
var S_IXGRP = 8;
function setAttributes(fs, cgroup, file, change2, who) {
  const now = fs.mm.sched.now;
  const refused = changeRefused(inodeOf(fs, cgroup, file), change2, who);
  if (refused !== null) return refuse(refused, `uid ${who.uid} may not change that`);
  if ((change2.size ?? 0) > MAX_BYTES) return refuse("EFBIG", `a file here has ${MAX_BYTES} bytes at most`);
  const inode = keptInode(fs, cgroup, file);
  if (change2.uid !== void 0 || change2.gid !== void 0) {
    inode.uid = change2.uid ?? inode.uid;
    inode.gid = change2.gid ?? inode.gid;
    if (file !== null) inode.mode &= (inode.mode & S_IXGRP) !== 0 ? ~(S_ISUID | S_ISGID) : ~S_ISUID;
  }
  if (change2.mode !== void 0) {
    const kept = who.uid === 0 || inGroup(who, inode.gid) ? S_IALLUGO : S_IALLUGO & ~S_ISGID;
    inode.mode = inode.mode & S_IFMT | change2.mode & kept;
  }
  if (change2.size !== void 0 && fs.controller.traits.resizes) {
    inode.size = change2.size;
    inode.mtime = now;
  }
  inode.atime = change2.atime ?? inode.atime;
  inode.mtime = change2.mtime ?? inode.mtime;
  inode.ctime = now;
  return OK;
}
function changeRefused(inode, change2, who) {
  if (who.uid === 0) return null;
  const owner = who.uid === inode.uid;
  if (change2.uid !== void 0 && !(owner && change2.uid === inode.uid)) return "EPERM";
  if (change2.gid !== void 0 && !(owner && (inGroup(who, change2.gid) || change2.gid === inode.gid)))
    return "EPERM";
  if ((change2.mode ?? change2.atime ?? change2.mtime) !== void 0 && !owner) return "EPERM";
  return null;
}

// src/fs/types.ts
var SUPERUSER = { uid: 0, gid: 0, groups: [], umask: 18, cwd: null };

// src/fs/namei.ts
var PATH_MAX = 4096;
function lookup(fs, path, who = SUPERUSER) {
  const names = namesOf(path);
  if (!names.ok) return names;
  let here = { cgroup: startOf(fs, path, who), file: null };
  for (const name of names.value) {
    const next = step(fs, here, name, who);
    if (!next.ok) return next;
    here = next.value;
  }
  if (here.file !== null && path.endsWith("/")) return refuse("ENOTDIR", `${here.file.name} is a file`);
  return done(here);
}
function lookupCgroup(fs, path, who = SUPERUSER) {
  const found = lookup(fs, path, who);
  if (!found.ok) return found;
  if (found.value.file !== null) return refuse("ENOTDIR", `${found.value.file.name} is a file`);
  return done(found.value.cgroup);
}
function placeOf(fs, path, who = SUPERUSER) {
  const names = namesOf(path);
  if (!names.ok) return names;
  const slash = path.endsWith("/");
  const name = names.value.at(-1) ?? "";
  let here = { cgroup: startOf(fs, path, who), file: null };
  for (const each of names.value.slice(0, -1)) {
    const next = step(fs, here, each, who);
    if (!next.ok) return next;
    here = next.value;
  }
  if (here.file !== null) return refuse("ENOTDIR", `${here.file.name} is a file`);
  if (name === "") return done({ parent: here.cgroup, name, found: here, slash });
  const last = step(fs, here, name, who);
  if (!last.ok && last.errno !== "ENOENT") return last;
  const dots = name === "." || name === "..";
  return done({ parent: here.cgroup, name: dots ? "" : name, found: last.ok ? last.value : null, slash });
}
function namesOf(path) {
  if (path === "") return refuse("ENOENT", "an empty path names nothing");
  if (isLongerThan(path, PATH_MAX - 1))
    return refuse("ENAMETOOLONG", `a path has ${PATH_MAX - 1} bytes at most`);
  return done(path.split("/").filter((name) => name !== ""));
}
var startOf = (fs, path, who) => path.startsWith("/") ? fs.root : who.cwd ?? fs.root;
function step(fs, { cgroup, file }, name, who) {
  if (file !== null) return refuse("ENOTDIR", `${file.name} is a file`);
  const allowed = permission(cgroup.inode, MAY_EXEC, who);
  if (!allowed.ok) return allowed;
  const { nameMax } = fs.controller.traits;
  if (nameMax !== null && isLongerThan(name, nameMax))
    return refuse("ENAMETOOLONG", `a name has ${nameMax} bytes at most`);
  if (name === ".") return done({ cgroup, file: null });
  if (name === "..") return done({ cgroup: cgroup.parent ?? cgroup, file: null });
  const child = cgroup.childByName.get(name);
  if (child !== void 0) return done({ cgroup: child, file: null });
  const there = controlFiles(fs, cgroup).find((other) => other.name === name);
  if (there === void 0) {
    const instead = cgroup.removed ? "" : fs.controller.insteadOf(fs.mm, cgroup.memcg, name);
    return refuse("ENOENT", `there is no ${name} in ${cgroup.memcg.path}${instead}`);
  }
  return done({ cgroup, file: there });
}
function mayCreate(place2, path, directory2, who) {
  if (place2.name === "") return refuse("EEXIST", `${path} is there already`);
  if (place2.slash && !directory2 && place2.found === null)
    return refuse("ENOENT", `${path} names no directory`);
  if (place2.found !== null) return refuse("EEXIST", `${path} is there already`);
  if (place2.parent.removed) return refuse("ENOENT", "the directory was removed");
  return permission(place2.parent.inode, MAY_WRITE | MAY_EXEC, who);
}
function mayDelete(fs, place2, directory2, who) {
  const { parent, name, found } = place2;
  if (found === null) return refuse("ENOENT", `there is no ${name}`);
  const allowed = permission(parent.inode, MAY_WRITE | MAY_EXEC, who);
  if (!allowed.ok) return allowed;
  const victim = inodeOf(fs, found.cgroup, found.file?.name ?? null);
  if (sticky(parent.inode, victim, who))
    return refuse("EPERM", "the directory is sticky, and it is not yours");
  if (directory2 && found.file !== null) return refuse("ENOTDIR", `${name} is a file`);
  if (!directory2 && found.file === null) return refuse("EISDIR", `${name} is a cgroup`);
  return OK;
}
function unlink(fs, path, who) {
  const place2 = placeOf(fs, path, who);
  if (!place2.ok) return place2;
  const { name, slash, found } = place2.value;
  if (name === "") return refuse("EISDIR", `${path} is a cgroup`);
  if (slash && found?.file) return refuse("ENOTDIR", `${name} is a file`);
  const may = mayDelete(fs, place2.value, false, who);
  return may.ok ? refuse("EPERM", "the kernel makes and removes control files, nobody else") : may;
}
function create(fs, path, who) {
  return refuseNew(fs, path, who, "EACCES");
}
function makeSpecial(fs, path, who) {
  return refuseNew(fs, path, who, "EPERM");
}
function link(fs, from, to, who) {
  const source = lookup(fs, from, who);
  return source.ok ? refuseNew(fs, to, who, "EPERM") : source;
}
function refuseNew(fs, path, who, errno) {
  const place2 = placeOf(fs, path, who);
  if (!place2.ok) return place2;
  const may = mayCreate(place2.value, path, false, who);
  return may.ok ? refuse(errno, "a cgroup holds its control files and sub-directories, nothing else") : may;
}

// src/kernel/run-queue.ts
function enqueue(queue, thread) {
  queue.push(thread);
  siftUp(queue, queue.length - 1);
}
function pickNext(queue) {
  const first = queue[0];
  if (first !== void 0) dequeue(queue, first);
  return first;
}
function dequeue(queue, thread) {
  const at = thread.queueIndex;
  const last = queue.pop();
  thread.queueIndex = -1;
  if (last === void 0 || last === thread) return;
  queue[at] = last;
  last.queueIndex = at;
  siftDown(queue, at);
  siftUp(queue, last.queueIndex);
}
var before = (a, b) => a.vruntime < b.vruntime || a.vruntime === b.vruntime && a.pid < b.pid;
function siftUp(queue, from) {
  const thread = queue[from];
  let at = from;
  while (at > 0) {
    const parent = at - 1 >> 1;
    if (!before(thread, queue[parent])) break;
    queue[at] = queue[parent];
    queue[at].queueIndex = at;
    at = parent;
  }
  queue[at] = thread;
  thread.queueIndex = at;
}
function siftDown(queue, from) {
  const thread = queue[from];
  let at = from;
  for (; ; ) {
    let child = 2 * at + 1;
    if (child >= queue.length) break;
    if (child + 1 < queue.length && before(queue[child + 1], queue[child])) child += 1;
    if (!before(queue[child], thread)) break;
    queue[at] = queue[child];
    queue[at].queueIndex = at;
    at = child;
  }
  queue[at] = thread;
  thread.queueIndex = at;
}

// src/kernel/sched-tunables.ts
var SCHED_LATENCY = 2e7;
var MIN_GRANULARITY = 4e6;
var WAKEUP_GRANULARITY = 1e7;
var NICE_0_WEIGHT = 1024;

// src/kernel/thread.ts
var RUNNING = 0;
var INTERRUPTIBLE = 1;
var UNINTERRUPTIBLE = 2;
var STOPPED = 3;
var DEAD = 4;
var PRIO_TO_WEIGHT = [
  88761,
  71755,
  56483,
  46273,
  36291,
  29154,
  23254,
  18705,
  14949,
  11916,
  9548,
  7620,
  6100,
  4904,
  3906,
  3121,
  2501,
  1991,
  1586,
  1277,
  1024,
  820,
  655,
  526,
  423,
  335,
  272,
  215,
  172,
  137,
  110,
  87,
  70,
  56,
  45,
  36,
  29,
  23,
  18,
  15
];
var MIN_NICE = -20;
var MAX_NICE = 19;
function setUserNice(thread, nice) {
  thread.nice = Math.min(MAX_NICE, Math.max(MIN_NICE, nice));
  thread.weight = PRIO_TO_WEIGHT[thread.nice - MIN_NICE];
}

// src/kernel/arrays.ts
function grown(from, to) {
  to.set(from);
  return to;
}

// src/kernel/timer.ts
var FIRST_CAPACITY = 64;
var newTimers = () => ({
  length: 0,
  sequence: 0,
  key: new Float64Array(2 * FIRST_CAPACITY),
  target: new Int32Array(FIRST_CAPACITY)
});
var nextTimer = (timers) => timers.length === 0 ? Infinity : timers.key[0];
function nameTimer(timers) {
  timers.sequence += 1;
  return timers.sequence;
}
function addTimer(timers, time, target, name = nameTimer(timers)) {
  if (timers.length === timers.target.length) grow(timers);
  siftUp2(timers, timers.length++, time, name, target);
  return name;
}
var nextTarget = (timers) => timers.target[0];
var nextName = (timers) => timers.key[1];
function takeTimer(timers) {
  const { key: key2, target } = timers;
  const last = --timers.length;
  if (last > 0) siftDown2(timers, key2[2 * last], key2[2 * last + 1], target[last]);
}
function siftUp2(timers, from, time, order, target) {
  const { key: key2 } = timers;
  let at = from;
  while (at > 0) {
    const parent = at - 1 >> 2;
    if (!before2(time, order, key2[2 * parent], key2[2 * parent + 1])) break;
    copy(timers, parent, at);
    at = parent;
  }
  put(timers, at, time, order, target);
}
function siftDown2(timers, time, order, target) {
  const { key: key2, length } = timers;
  let at = 0;
  for (let child = 1; child < length; child = 4 * at + 1) {
    let first = child;
    const end4 = Math.min(child + 4, length);
    for (let other = child + 1; other < end4; other += 1) {
      if (before2(key2[2 * other], key2[2 * other + 1], key2[2 * first], key2[2 * first + 1])) first = other;
    }
    if (!before2(key2[2 * first], key2[2 * first + 1], time, order)) break;
    copy(timers, first, at);
    at = first;
  }
  put(timers, at, time, order, target);
}
var before2 = (time, order, otherTime, otherOrder) => time < otherTime || time === otherTime && order < otherOrder;
function put({ key: key2, target }, at, time, order, what) {
  key2[2 * at] = time;
  key2[2 * at + 1] = order;
  target[at] = what;
}
function copy(timers, from, to) {
  put(timers, to, timers.key[2 * from], timers.key[2 * from + 1], timers.target[from]);
}
function grow(timers) {
  const { key: key2, target } = timers;
  timers.key = grown(key2, new Float64Array(2 * key2.length));
  timers.target = grown(target, new Int32Array(2 * target.length));
}

// src/kernel/units.ts
var PAGE_SHIFT = 12;
var PAGE_SIZE = 4096;
var bytes = (n) => n;
var pages = (n) => n;
var ns = (n) => n;
var MICROSECOND = ns(1e3);
var MILLISECOND = ns(1e6);
var SECOND = ns(1e9);
var TIME_0 = ns(new Float64Array(1)[0]);
var bytesOf = (count2) => bytes(BigInt(count2) * BigInt(PAGE_SIZE));
var kibibytes = (count2) => `${count2 * (PAGE_SIZE / 1024)}K`;
var LLONG_MAX = bytes(9223372036854775807n);
var UNSET_PAGES = pages(2 ** 30);

// src/kernel/sched.ts
var GO_ON = 0;
var MAY_PREEMPT = 1;
var YIELD = 2;
var BLOCK = 3;
var EXIT = 4;
function newSched(cpus, contextSwitch, wakeLatency) {
  return {
    now: TIME_0,
    cost: 0,
    current: null,
    minVruntime: TIME_0,
    cpus: Array.from({ length: cpus }, () => newCpu()),
    queue: [],
    timers: newTimers(),
    unseenUntil: TIME_0,
    contextSwitch,
    wakeLatency
  };
}
var newCpu = () => ({
  now: TIME_0,
  current: null,
  needResched: false,
  sliceStart: TIME_0,
  left: 0,
  leftAt: TIME_0
});
var clock = (sched) => sched.now + sched.cost;
function wakeUp(sched, thread) {
  if (thread.state === RUNNING || thread.state === DEAD || thread.state === STOPPED) return false;
  thread.state = RUNNING;
  thread.timer = 0;
  if (thread.onCpu) return true;
  placeEntity(sched, thread);
  place(sched, thread);
  return true;
}
function placeEntity(sched, thread) {
  thread.vruntime = Math.max(thread.vruntime, sched.minVruntime - SCHED_LATENCY);
}
function wakeUpNewThread(sched, thread) {
  thread.state = RUNNING;
  thread.vruntime = sched.minVruntime;
  place(sched, thread);
}
function place(sched, thread) {
  const idle = idleCpu(sched, thread);
  if (idle >= 0) {
    const cpu = sched.cpus[idle];
    const heard = clock(sched) + sched.wakeLatency;
    cpu.now = Math.max(cpu.now, heard, readyAt(sched, thread)) + sched.contextSwitch;
    switchTo(cpu, idle, thread);
    return;
  }
  enqueue(sched.queue, thread);
  checkPreempt(sched, thread);
}
function readyAt(sched, thread) {
  const cpu = sched.cpus[thread.cpu];
  return cpu.left === thread.pid ? cpu.leftAt : 0;
}
function idleCpu(sched, thread) {
  if (thread.cpu < sched.cpus.length && sched.cpus[thread.cpu].current === null) return thread.cpu;
  for (let index = 0; index < sched.cpus.length; index += 1) {
    if (sched.cpus[index].current === null) return index;
  }
  return -1;
}
function checkPreempt(sched, woken) {
  let victim = null;
  let farthest = woken.vruntime + WAKEUP_GRANULARITY;
  for (const cpu of sched.cpus) {
    if (cpu.current !== null && cpu.current.vruntime > farthest) {
      farthest = cpu.current.vruntime;
      victim = cpu;
    }
  }
  if (victim !== null) victim.needResched = true;
}
var needResched = (sched, thread) => sched.cpus[thread.cpu].needResched;
function sleepOn(sched, thread, state, until = null) {
  thread.state = state;
  thread.timer = until === null ? 0 : addTimer(sched.timers, until, thread.pid);
}
function removeFromQueue(sched, thread) {
  if (thread.queueIndex >= 0) dequeue(sched.queue, thread);
}
function endThread(sched, thread) {
  thread.state = DEAD;
  thread.timer = 0;
  removeFromQueue(sched, thread);
  for (const [index, cpu] of sched.cpus.entries()) {
    if (cpu.current !== thread) continue;
    thread.onCpu = false;
    scheduleNext(sched, cpu, index);
  }
}
function addDeviceTimer(sched, index, time, name) {
  addTimer(sched.timers, time, ~index, name);
}
function aloneUntil(sched, thread) {
  const own5 = sched.cpus[thread.cpu];
  if (sched.queue.length > 0 || own5.needResched) return -1;
  for (const cpu of sched.cpus) {
    if (cpu.current !== null && cpu !== own5) return -1;
  }
  return Math.min(sched.unseenUntil, nextTimer(sched.timers));
}
function nextEvent(sched) {
  let time = nextTimer(sched.timers);
  for (const cpu of sched.cpus) {
    if (cpu.current !== null && cpu.now < time) time = cpu.now;
  }
  return time;
}
function runOneEvent(sched, host, until) {
  let index = -1;
  let time = Infinity;
  const { cpus } = sched;
  for (let i = 0; i < cpus.length; i += 1) {
    if (cpus[i].current !== null && cpus[i].now < time) {
      time = cpus[i].now;
      index = i;
    }
  }
  const timer = nextTimer(sched.timers);
  if (timer <= time) {
    if (timer > until || timer === Infinity) return false;
    fireTimer(sched, host, timer);
    return true;
  }
  if (time > until) return false;
  runStep(sched, host, cpus[index], index);
  return true;
}
function fireTimer(sched, host, time) {
  sched.now = Math.max(sched.now, time);
  sched.cost = 0;
  const target = nextTarget(sched.timers);
  const name = nextName(sched.timers);
  takeTimer(sched.timers);
  if (target < 0) {
    host.deviceTimer(~target);
    return;
  }
  const thread = host.threadOf(target);
  if (thread !== void 0 && thread.timer === name) wakeUp(sched, thread);
}
function runStep(sched, host, cpu, index) {
  const thread = cpu.current;
  if (thread === null) return;
  sched.now = cpu.now;
  sched.cost = 0;
  sched.current = thread;
  const end4 = host.step(thread);
  sched.current = null;
  account(sched, cpu, thread);
  switch (end4) {
    case GO_ON:
      return;
    case MAY_PREEMPT:
      if (sched.queue.length > 0 && mustGiveWay(sched, cpu, thread)) putBack(sched, cpu, index, thread);
      cpu.needResched = false;
      return;
    case YIELD:
      if (sched.queue.length > 0) putBack(sched, cpu, index, thread);
      return;
    case BLOCK:
      leave(cpu, thread);
      if (thread.state === RUNNING) enqueue(sched.queue, thread);
      scheduleNext(sched, cpu, index);
      return;
    case EXIT:
      thread.onCpu = false;
      thread.state = DEAD;
      scheduleNext(sched, cpu, index);
      host.exited(thread);
  }
}
function account(sched, cpu, thread) {
  const used = sched.cost;
  cpu.now += used;
  thread.sumExec += used;
  thread.vruntime += used * NICE_0_WEIGHT / thread.weight;
  let least = thread.vruntime;
  if (sched.queue.length > 0 && sched.queue[0].vruntime < least) least = sched.queue[0].vruntime;
  for (const other of sched.cpus) {
    if (other.current !== null && other.current.vruntime < least) least = other.current.vruntime;
  }
  if (least > sched.minVruntime) sched.minVruntime = least;
  sched.cost = 0;
}
function mustGiveWay(sched, cpu, thread) {
  if (cpu.needResched) return true;
  const share = SCHED_LATENCY * sched.cpus.length / (sched.queue.length + sched.cpus.length);
  const slice = Math.max(MIN_GRANULARITY, share);
  return thread.sumExec - cpu.sliceStart >= slice && sched.queue[0].vruntime < thread.vruntime;
}
function putBack(sched, cpu, index, thread) {
  leave(cpu, thread);
  enqueue(sched.queue, thread);
  scheduleNext(sched, cpu, index);
}
function scheduleNext(sched, cpu, index) {
  const before3 = cpu.current;
  const next = pickNext(sched.queue);
  cpu.needResched = false;
  if (next === void 0) {
    cpu.current = null;
    return;
  }
  cpu.now = Math.max(cpu.now, readyAt(sched, next));
  switchTo(cpu, index, next);
  if (next !== before3) cpu.now += sched.contextSwitch;
}
function leave(cpu, thread) {
  thread.onCpu = false;
  cpu.left = thread.pid;
  cpu.leftAt = cpu.now;
}
function switchTo(cpu, index, thread) {
  cpu.current = thread;
  cpu.needResched = false;
  cpu.sliceStart = thread.sumExec;
  thread.cpu = index;
  thread.onCpu = true;
}

// src/kernel/wait.ts
function prepareToWait(queue, thread) {
  if (!queue.includes(thread)) queue.push(thread);
}
function finishWait(queue, thread) {
  const at = queue.indexOf(thread);
  if (at >= 0) queue.splice(at, 1);
}
function wakeUpAll(sched, queue) {
  for (let i = 0; i < queue.length; i += 1) wakeUp(sched, queue[i]);
}

// src/mm/layout.ts
var BLOCK_SHIFT = 5;
var BLOCK_PLACES = 1 << BLOCK_SHIFT;
var SPARSE = BLOCK_PLACES / 2;
var SWAP_CLUSTER_MAX = 32;
var ACTIVE_LIST = 1;
var CHUNK_SHIFT = 9;
var SLOTS_PER_CHUNK = 1 << CHUNK_SHIFT;
var WINDOW = 256;
var FRESH = 0;
var NR_FREED = 1;
var BLOCKS = 2;
var HEADS = 5;

// src/mm/page-flags.ts
var PG_LOCKED = 1 << 0;
var PG_REFERENCED = 1 << 1;
var PG_DIRTY = 1 << 2;
var PG_ACTIVE = 1 << 3;
var PC_ACTIVE = 1 << 4;
var PG_LRU = PC_ACTIVE;
var PG_WRITEBACK = 1 << 5;
var PG_READAHEAD = 1 << 6;
var PG_ANON = 1 << 7;
var PG_MAPPED = 1 << 8;
var PG_YOUNG = 1 << 9;
var PG_SHMEM = 1 << 10;
var PG_PRIVATE = PG_SHMEM;
var NOT_PLAIN = PG_LOCKED | PG_WRITEBACK | PG_DIRTY | PG_ANON | PG_MAPPED;
function isCache(flags) {
  return (flags & (PG_ANON | PG_SHMEM)) !== PG_ANON;
}
var PG_WORKINGSET = 1 << 11;
var NODE_SHIFT = 12;
var MAX_NODES = 16;

// src/mm/lone-words.ts
var COST = 0;
var NOW = 1;
var CPU_NOW = 2;
var SUM_EXEC = 3;
var VRUNTIME = 4;
var MIN_VRUNTIME = 5;
var FREE_AT = 6;
var LEFT_AT = 7;
var UNTIL = 8;
var HIT = 9;
var SYSCALL = 10;
var CHARGE = 11;
var COPY = 12;
var PER_REQUEST = 13;
var PER_PAGE = 14;
var LATENCY = 15;
var WAKE_LATENCY = 16;
var CONTEXT_SWITCH = 17;
var LONE_TIMES = 18;
var ROOM = 0;
var LIST = 1;
var OWNER = 2;
var FLAGS = 3;
var CALLS = 4;
var WEIGHT = 5;
var MISSES = 6;
var REFAULTS = 7;
var LAST = 8;
var LEFT = 9;
var STOPS_AT_DUE = 10;
var LONE_COUNTS = 11;

// src/mm/too-large.ts
var TooLarge = class extends Error {
  name = "TooLarge";
  constructor() {
    super(
      "this machine has grown beyond the 4 GiB that are kept of its pages: they lie too far apart in their files, or in swap: truncate files that are not read again, or give the machine less memory"
    );
  }
};

// src/mm/arena.ts
var ADDRESSES = 1024;
var BEGIN = 2048;
var UNIT = 2 ** 16;
var MOST = 2 ** 32;
var LINE = 64;
function layOut(mm, chunks) {
  const { core } = mm;
  const before3 = core.memory.buffer;
  const lists = listsOf(mm);
  const blocks = blocksFor(mm.nrPages, lists);
  const regions = regionsOf(mm, lists, blocks, chunks);
  const pieces = [];
  let top = BEGIN;
  for (const { array, bytes: bytes2 } of regions) {
    const { buffer: buffer2, byteOffset: from, byteLength } = array;
    pieces.push({ from, to: top, kept: buffer2 === before3 ? byteLength : 0, bytes: bytes2 });
    top += Math.ceil(bytes2 / LINE) * LINE;
  }
  if (top > MOST) throw new TooLarge();
  const had = before3.byteLength;
  if (top > had) core.memory.grow(Math.ceil((top - had) / UNIT));
  const { buffer } = core.memory;
  const all = new Uint8Array(buffer);
  for (const { from, to, kept, bytes: bytes2 } of pieces.toReversed()) {
    if (from !== to && kept > 0) all.copyWithin(to, from, from + kept);
    all.fill(0, to + kept, Math.min(to + bytes2, had));
  }
  for (const [i, { place: place2 }] of regions.entries()) place2(buffer, pieces[i].to);
  new Int32Array(buffer, ADDRESSES, pieces.length).set(pieces.map(({ to }) => to));
  core.setArrays(ADDRESSES, blocks);
}
var isHalfEmpty = ({ core }) => core.memory.buffer.byteLength <= MOST / 2;
function chunksThatFit(mm) {
  const lists = listsOf(mm);
  const bytesWith = (chunks) => regionsOf(mm, lists, blocksFor(mm.nrPages, lists), chunks).reduce(
    (sum, { bytes: bytes2 }) => sum + bytes2 + LINE,
    BEGIN
  );
  const rest3 = bytesWith(0);
  return Math.floor((MOST - rest3) / (bytesWith(1) - rest3));
}
function regionsOf(mm, lists, blocks, chunks) {
  const { core, frames, lru, tables, nrPages } = mm;
  const pfns = nrPages + 1;
  return [
    region(Float64Array, LONE_TIMES, core, "loneTimes"),
    region(Int32Array, LONE_COUNTS, core, "loneCounts"),
    region(Int32Array, HEADS, mm, "heads"),
    region(Int32Array, SWAP_CLUSTER_MAX, core, "cluster"),
    region(Int32Array, WINDOW, core, "window"),
    region(Int32Array, WINDOW, core, "ahead"),
    region(Int32Array, pfns, frames, "slot"),
    region(Uint16Array, pfns, frames, "flags"),
    region(Uint16Array, pfns, frames, "memcg"),
    region(Int32Array, nrPages, frames, "freed"),
    region(Int32Array, pfns, lru, "place"),
    region(Int32Array, lists, lru, "oldest"),
    region(Int32Array, lists, lru, "end"),
    region(Int32Array, lists, lru, "length"),
    region(Uint8Array, blocks, lru, "used"),
    region(Int32Array, blocks, lru, "list"),
    region(Int32Array, blocks, lru, "older"),
    region(Int32Array, blocks, lru, "younger"),
    region(Int32Array, blocks * BLOCK_PLACES, lru, "pfn"),
    region(Int32Array, chunks * SLOTS_PER_CHUNK, tables, "slots"),
    region(Uint8Array, chunks * SLOTS_PER_CHUNK, tables, "young"),
    region(Int32Array, chunks * (SLOTS_PER_CHUNK >> 5), core, "settled"),
    region(Float64Array, chunks, tables, "chunkEvicted"),
    region(Int32Array, mm.shadowAges ? chunks * SLOTS_PER_CHUNK : 0, tables, "ages")
  ];
}
function region(kind, length, holder, name) {
  return {
    array: holder[name],
    bytes: length * kind.BYTES_PER_ELEMENT,
    place: (buffer, at) => {
      holder[name] = new kind(buffer, at, length);
    }
  };
}
var FIRST_MEMCGS = 16;
var listsOf = ({ nodes, lists, memcgs }) => lists * nodes * Math.max(FIRST_MEMCGS, 2 ** Math.ceil(Math.log2(memcgs.length)));
function makeRoomForLists(mm) {
  if (listsOf(mm) > mm.lru.length.length) layOut(mm, mm.tables.chunkMapping.length);
}
var blocksFor = (pages2, lists) => 2 + Math.min(pages2, Math.ceil(2 * pages2 / (SPARSE + 1)) + 4 * lists);

// src/mm/workingset.ts
var evictedFrom = (memcg) => -1 - memcg;
function leaveShadow({ tables }, slot, memcg, now) {
  tables.slots[slot] = evictedFrom(memcg);
  tables.chunkEvicted[slot >> CHUNK_SHIFT] = now;
}
var mostShadowChunks = ({ nrPages }) => nrPages >> CHUNK_SHIFT - 3;
function excessChunks(mm, kept) {
  const { chunkEvicted, chunks } = mm.tables;
  const busy = chunksInTransfer(mm);
  const empty = [];
  const shadows = [];
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    if (!isOfFile(mm, chunk) || busy.has(chunk)) continue;
    const held = heldBy(mm, chunk);
    if (held === NOTHING) empty.push(chunk);
    else if (held === SHADOWS) shadows.push(chunk);
  }
  const excess2 = Math.max(0, shadows.length - kept);
  shadows.sort((a, b) => chunkEvicted[a] - chunkEvicted[b] || a - b);
  return [...empty, ...shadows.slice(0, excess2)];
}
var isOfFile = ({ tables, mappings }, chunk) => mappings[tables.chunkMapping[chunk]]?.anonymous === false;
var NOTHING = 0;
var SHADOWS = 1;
var PAGES = 2;
function heldBy({ tables: { slots } }, chunk) {
  const first = chunk << CHUNK_SHIFT;
  let any = 0;
  for (let slot = first; slot < first + SLOTS_PER_CHUNK; slot += 1) {
    if (slots[slot] > 0) return PAGES;
    any |= slots[slot];
  }
  return any === 0 ? NOTHING : SHADOWS;
}
function chunksInTransfer(mm) {
  const busy = /* @__PURE__ */ new Set();
  for (const { head, length, start, count: count2 } of mm.devices.slice(0, 2)) {
    for (let i = 0; i < length; i += 1) {
      const at = head + i & start.length - 1;
      const last = start[at] + count2[at] - 1 >> CHUNK_SHIFT;
      for (let chunk = start[at] >> CHUNK_SHIFT; chunk <= last; chunk += 1) busy.add(chunk);
    }
  }
  return busy;
}

// src/mm/page-table.ts
var OFFSET = SLOTS_PER_CHUNK - 1;
var SMALL_PAGE = 2 ** 31;
var MAX_FILE_PAGES = 2 ** 33;
var FIRST_SWAP = -1 - 2 ** 16;
var isSwapped = (content) => content <= FIRST_SWAP;
var swapEntryOf = (content) => FIRST_SWAP - content;
var swapContent = (entry) => FIRST_SWAP - entry;
var LEAST_CHUNKS = 64;
function newPageTables(nrPages) {
  const chunks = Math.max(LEAST_CHUNKS, Math.ceil(nrPages / SLOTS_PER_CHUNK));
  return {
    slots: new Int32Array(),
    ages: new Int32Array(),
    young: new Uint8Array(),
    chunkMapping: new Int32Array(chunks).fill(-1),
    chunkPlace: new Int32Array(chunks),
    chunkDirty: new Int32Array(chunks),
    chunkEvicted: new Float64Array(),
    chunks: 0,
    freeChunks: []
  };
}
function newMapping(mm, name, anonymous) {
  const mapping = {
    id: mm.freeMappings.pop() ?? mm.mappings.length,
    anonymous,
    name,
    directory: new Int32Array(0),
    length: 0,
    nrDirty: 0,
    dirtiedWhen: TIME_0,
    writebackPage: 0,
    mmapped: 0
  };
  mm.mappings[mapping.id] = mapping;
  return mapping;
}
function findSlot(mapping, page) {
  const { directory: directory2 } = mapping;
  if (page < nearPages(directory2)) return findNearSlot(directory2, page);
  const chunk = directory2[Math.floor(page / SLOTS_PER_CHUNK)] ?? -1;
  return chunk < 0 ? -1 : (chunk << CHUNK_SHIFT) + page % SLOTS_PER_CHUNK;
}
var nearPages = ({ length }) => Math.min(SMALL_PAGE, length * SLOTS_PER_CHUNK);
function findNearSlot(directory2, page) {
  const near = page | 0;
  const chunk = directory2[near >> CHUNK_SHIFT];
  return chunk < 0 ? -1 : (chunk << CHUNK_SHIFT) + (near & OFFSET);
}
function slotOf(mm, mapping, page) {
  const slot = findSlot(mapping, page);
  return slot >= 0 ? slot : makeSlot(mm, mapping, page);
}
function makeSlot(mm, mapping, page) {
  const at = Math.floor(page / SLOTS_PER_CHUNK);
  if (at >= mapping.directory.length) {
    const size2 = Math.max(4, 2 ** Math.ceil(Math.log2(at + 1)));
    mapping.directory = grown(mapping.directory, new Int32Array(size2).fill(-1));
  }
  const { tables } = mm;
  const chunk = tables.freeChunks.pop() ?? nextChunk(mm);
  mapping.directory[at] = chunk;
  tables.chunkMapping[chunk] = mapping.id;
  tables.chunkPlace[chunk] = at;
  return chunk * SLOTS_PER_CHUNK + page % SLOTS_PER_CHUNK;
}
function nextChunk(mm) {
  const { tables } = mm;
  const kept = mostShadowChunks(mm);
  const stride = Math.max(LEAST_CHUNKS, kept >> 1);
  if (tables.chunks % stride === 0) {
    letGo(mm, kept);
    if (tables.freeChunks.length >= stride) return tables.freeChunks.pop() ?? 0;
  }
  if (tables.chunks === tables.chunkMapping.length) {
    const fit = chunksThatFit(mm);
    if (fit <= tables.chunks) return lastChunk(mm);
    growTables(mm, Math.min(2 * tables.chunks, fit));
  }
  tables.chunks += 1;
  return tables.chunks - 1;
}
function letGo(mm, kept) {
  for (const chunk of excessChunks(mm, kept)) freeChunk(mm, chunk);
}
function lastChunk(mm) {
  const { freeChunks: freeChunks2, chunks } = mm.tables;
  if (freeChunks2.length === 0) letGo(mm, chunks >> 1);
  if (freeChunks2.length === 0) letGo(mm, 0);
  const chunk = freeChunks2.pop();
  if (chunk === void 0) throw new TooLarge();
  return chunk;
}
var ROOM2 = 2 ** 16;
function isFull(mm) {
  if (isHalfEmpty(mm)) return false;
  const { chunks, freeChunks: freeChunks2 } = mm.tables;
  const room = chunksThatFit(mm) - chunks + freeChunks2.length;
  return room < ROOM2 && room + excessChunks(mm, 0).length < ROOM2;
}
function growTables(mm, chunks) {
  const { tables } = mm;
  layOut(mm, chunks);
  tables.chunkMapping = grown(tables.chunkMapping, new Int32Array(chunks).fill(-1));
  tables.chunkPlace = grown(tables.chunkPlace, new Int32Array(chunks));
  tables.chunkDirty = grown(tables.chunkDirty, new Int32Array(chunks));
}
function freeChunks(mm, mapping, fromPage, onDisk = !mapping.anonymous) {
  const first = Math.ceil(fromPage / SLOTS_PER_CHUNK);
  const cut = findSlot(mapping, fromPage);
  if (cut >= 0) mm.tables.slots.fill(0, cut, (Math.floor(cut / SLOTS_PER_CHUNK) + 1) * SLOTS_PER_CHUNK);
  const busy = onDisk && mm.devices.some((device) => device.length > 0);
  for (let at = first; at < mapping.directory.length; at += 1) {
    const chunk = mapping.directory[at];
    if (chunk < 0) continue;
    if (busy) {
      mm.tables.slots.fill(0, chunk * SLOTS_PER_CHUNK, (chunk + 1) * SLOTS_PER_CHUNK);
      mm.kernel.chunkFreed(mm, chunk);
      continue;
    }
    freeChunk(mm, chunk);
  }
}
function freeChunk(mm, chunk) {
  const { tables } = mm;
  const mapping = mm.mappings[tables.chunkMapping[chunk]];
  mm.kernel.chunkFreed(mm, chunk);
  if (mapping) mapping.directory[tables.chunkPlace[chunk]] = -1;
  tables.chunkMapping[chunk] = -1;
  tables.chunkDirty[chunk] = 0;
  tables.slots.fill(0, chunk * SLOTS_PER_CHUNK, (chunk + 1) * SLOTS_PER_CHUNK);
  tables.young.fill(0, chunk * SLOTS_PER_CHUNK, (chunk + 1) * SLOTS_PER_CHUNK);
  tables.freeChunks.push(chunk);
}
var slotsToChunkEnd = (slot) => SLOTS_PER_CHUNK - (slot & OFFSET);
var mappingOfSlot = (mm, slot) => {
  const mapping = mm.mappings[mm.tables.chunkMapping[slot >> CHUNK_SHIFT]];
  if (mapping === null || mapping === void 0) throw new Error(`slot ${slot} belongs to no mapping`);
  return mapping;
};

// src/mm/dirty.ts
function setPageDirty(mm, mapping, slot, pfn) {
  if ((mm.frames.flags[pfn] & PG_DIRTY) !== 0) return;
  mm.frames.flags[pfn] |= PG_DIRTY;
  mm.tables.chunkDirty[slot >> CHUNK_SHIFT] += 1;
  mm.nrDirty += 1;
  mapping.nrDirty += 1;
  if (mapping.nrDirty > 1) return;
  mapping.dirtiedWhen = clock(mm.sched);
  mm.dirtyMappings.push(mapping.id);
  if (mm.flusher !== null && mm.dirtyMappings.length === 1) wakeUp(mm.sched, mm.flusher);
}
function clearPageDirty(mm, slot, pfn) {
  if ((mm.frames.flags[pfn] & PG_DIRTY) === 0) return;
  const mapping = mappingOfSlot(mm, slot);
  mm.frames.flags[pfn] &= ~PG_DIRTY;
  mm.tables.chunkDirty[slot >> CHUNK_SHIFT] -= 1;
  mm.nrDirty -= 1;
  mapping.nrDirty -= 1;
  if (mapping.nrDirty === 0) mm.dirtyMappings.splice(mm.dirtyMappings.indexOf(mapping.id), 1);
}
function wakeupFlusher(mm, count2) {
  if (mm.flusher === null || mm.nrDirty === 0) return;
  mm.flushRequest = Math.max(mm.flushRequest, Math.min(count2, mm.nrDirty));
  wakeUp(mm.sched, mm.flusher);
}
function congestionWait(mm, task, time) {
  prepareToWait(mm.congestion, task);
  sleepOn(mm.sched, task, UNINTERRUPTIBLE, clock(mm.sched) + time);
}
function writesEnded(mm, count2) {
  mm.nrWriteback -= count2;
  if (mm.congestion.length > 0) wakeUpAll(mm.sched, mm.congestion);
}

// src/mm/frames.ts
var newFrames = () => ({
  slot: new Int32Array(),
  flags: new Uint16Array(),
  memcg: new Uint16Array(),
  freed: new Int32Array()
});
var listOf = (mm, memcg, node, list) => (memcg * mm.nodes + node) * mm.lists + list;
var listLength = (mm, memcg, node, list) => mm.lru.length[listOf(mm, memcg, node, list)];
function lruPages(mm, memcg, list) {
  let sum = 0;
  for (let node = 0; node < mm.nodes; node += 1) sum += listLength(mm, memcg, node, list);
  return sum;
}
var listOfPage = (mm, pfn) => {
  const flags = mm.frames.flags[pfn];
  return listOf(mm, mm.frames.memcg[pfn], flags >> NODE_SHIFT, (flags & PC_ACTIVE) === 0 ? 0 : 1);
};
function addToList(mm, pfn) {
  mm.core.add(listOfPage(mm, pfn), pfn);
}
function removeFromList(mm, pfn) {
  mm.core.remove(pfn);
}
function allocFrame(mm, node) {
  if (mm.freePages === 0) return 0;
  let from = node;
  while (mm.nrFree[from] === 0) from = from + 1 === mm.nodes ? 0 : from + 1;
  mm.nrFree[from] -= 1;
  mm.freePages -= 1;
  const pfn = mm.core.takeFrame();
  mm.frames.flags[pfn] = from << NODE_SHIFT;
  return pfn;
}
function freeFrame(mm, pfn) {
  mm.nrFree[mm.frames.flags[pfn] >> NODE_SHIFT] += 1;
  mm.freePages += 1;
  mm.core.giveFrame(pfn);
}

// src/mm/page-waiters.ts
var QUEUE_SHIFT = 7;
var NONE = -1;
var newPageWaiters = () => ({
  sole: null,
  queues: new Int32Array(0),
  tasks: [],
  slot: new Int32Array(0),
  order: new Float64Array(0),
  next: new Int32Array(0),
  free: NONE,
  length: 0,
  waits: 0
});
function addWaiter(waiters, task, slot) {
  const { sole } = waiters;
  task.waitSlot = slot;
  if (waiters.length === 0 && sole === null) {
    waiters.sole = task;
    return;
  }
  waiters.sole = null;
  if (sole !== null) enqueue2(waiters, sole);
  enqueue2(waiters, task);
}
function enqueue2(waiters, task) {
  const slot = task.waitSlot;
  const key2 = slot >> QUEUE_SHIFT;
  if (key2 >= waiters.queues.length) growQueues(waiters, key2 + 1);
  if (waiters.free === NONE) growWaits(waiters);
  const wait = waiters.free;
  waiters.free = waiters.next[wait];
  waiters.length += 1;
  waiters.waits += 1;
  waiters.tasks[wait] = task;
  waiters.slot[wait] = slot;
  waiters.order[wait] = waiters.waits;
  waiters.next[wait] = waiters.queues[key2];
  waiters.queues[key2] = wait;
}
function forgetWaiter(waiters, task) {
  if (waiters.sole === task) waiters.sole = null;
  const { queues, next, tasks: tasks2 } = waiters;
  const key2 = task.waitSlot >> QUEUE_SHIFT;
  if (key2 < 0 || key2 >= queues.length) return;
  let before3 = NONE;
  for (let wait = queues[key2]; wait !== NONE; wait = next[wait]) {
    if (tasks2[wait] === task) {
      if (before3 === NONE) queues[key2] = next[wait];
      else next[before3] = next[wait];
      release(waiters, wait);
      return;
    }
    before3 = wait;
  }
}
function wakeWaiters(sched, waiters, start, count2) {
  const end4 = start + count2;
  const { queues, next, sole } = waiters;
  if (sole !== null && sole.waitSlot >= start && sole.waitSlot < end4) {
    waiters.sole = null;
    sole.waitSlot = -1;
    wakeUp(sched, sole);
  }
  if (waiters.length === 0) return;
  const last = Math.min(end4 - 1 >> QUEUE_SHIFT, queues.length - 1);
  let woken = NONE;
  for (let key2 = start >> QUEUE_SHIFT; key2 <= last; key2 += 1) {
    if (queues[key2] !== NONE) woken = takeWaiters(waiters, key2, start, end4, woken);
  }
  while (woken !== NONE) {
    const following = next[woken];
    const task = release(waiters, woken);
    if (task !== null) {
      task.waitSlot = -1;
      wakeUp(sched, task);
    }
    woken = following;
  }
}
function takeWaiters({ queues, slot, next, order }, key2, start, end4, woken) {
  let first = woken;
  let before3 = NONE;
  let wait = queues[key2];
  while (wait !== NONE) {
    const following = next[wait];
    if (slot[wait] >= start && slot[wait] < end4) {
      if (before3 === NONE) queues[key2] = following;
      else next[before3] = following;
      first = insert(next, order, first, wait);
    } else {
      before3 = wait;
    }
    wait = following;
  }
  return first;
}
function insert(next, order, first, wait) {
  if (first === NONE || order[wait] < order[first]) {
    next[wait] = first;
    return wait;
  }
  let at = first;
  while (next[at] !== NONE && order[next[at]] < order[wait]) at = next[at];
  next[wait] = next[at];
  next[at] = wait;
  return first;
}
function release(waiters, wait) {
  const task = waiters.tasks[wait];
  waiters.tasks[wait] = null;
  waiters.next[wait] = waiters.free;
  waiters.free = wait;
  waiters.length -= 1;
  return task;
}
function growQueues(waiters, least) {
  const size2 = Math.max(least, 2 * waiters.queues.length);
  waiters.queues = grown(waiters.queues, new Int32Array(size2).fill(NONE));
}
function growWaits(waiters) {
  const { slot, order, next } = waiters;
  const size2 = Math.max(4, 2 * slot.length);
  waiters.slot = grown(slot, new Int32Array(size2));
  waiters.order = grown(order, new Float64Array(size2));
  waiters.next = grown(next, new Int32Array(size2));
  for (let wait = size2 - 1; wait >= slot.length; wait -= 1) {
    waiters.tasks[wait] = null;
    waiters.next[wait] = waiters.free;
    waiters.free = wait;
  }
}

// src/mm/blkdev.ts
var DISK_READ = 0;
var DISK_WRITE = 1;
var SWAP_READ = 2;
var SWAP_WRITE = 3;
var NR_REQUESTS = 128;
var CONGESTED = 113;
var MAX_REQUEST = 128;
var FIRST_CAPACITY2 = 256;
function newDevices(costs) {
  const disk = { latency: costs.diskLatency, perRequest: costs.diskRequest, perPage: costs.diskPage };
  const swap = { latency: costs.swapLatency, perRequest: costs.swapRequest, perPage: costs.swapPage };
  return [disk, disk, swap, swap].map(newDevice);
}
var newDevice = ({ latency, perRequest, perPage }, index) => ({
  index,
  write: index % 2 === 1,
  latency,
  perRequest,
  perPage,
  freeAt: TIME_0,
  submitted: 0,
  completed: 0,
  head: 0,
  length: 0,
  start: new Int32Array(FIRST_CAPACITY2),
  count: new Int32Array(FIRST_CAPACITY2),
  doneAt: new Float64Array(FIRST_CAPACITY2),
  timerAt: new Float64Array(FIRST_CAPACITY2),
  timerName: new Float64Array(FIRST_CAPACITY2),
  waiters: newPageWaiters()
});
var isFull2 = (device) => device.length >= NR_REQUESTS;
var isCongested = (device) => device.length >= CONGESTED;
var servedAt = (device, now, count2) => Math.max(device.freeAt, now) + device.perRequest + count2 * device.perPage;
function submit(mm, index, start, count2) {
  const device = mm.devices[index];
  device.submitted += count2;
  const now = clock(mm.sched);
  if (device.write && merge(device, start, count2, now)) return;
  if (device.length === device.start.length) grow2(device);
  const at = device.head + device.length & device.start.length - 1;
  device.length += 1;
  device.freeAt = servedAt(device, now, count2);
  device.start[at] = start;
  device.count[at] = count2;
  device.doneAt[at] = device.freeAt + device.latency;
  device.timerAt[at] = device.doneAt[at];
  device.timerName[at] = nameTimer(mm.sched.timers);
  if (device.length === 1) setTimer(mm, device);
}
function setTimer(mm, { index, head, timerAt, timerName }) {
  addDeviceTimer(mm.sched, index, timerAt[head], timerName[head]);
}
function merge(device, start, count2, now) {
  if (device.length < 2) return false;
  const last = device.head + device.length - 1 & device.start.length - 1;
  const total = device.count[last] + count2;
  const untouched = device.freeAt - device.perRequest - device.count[last] * device.perPage > now;
  if (!untouched || total > MAX_REQUEST || device.start[last] + device.count[last] !== start) return false;
  device.count[last] = total;
  device.freeAt += count2 * device.perPage;
  device.doneAt[last] = device.freeAt + device.latency;
  return true;
}
function grow2(device) {
  const size2 = device.start.length;
  const start = new Int32Array(2 * size2);
  const count2 = new Int32Array(2 * size2);
  const doneAt = new Float64Array(2 * size2);
  const timerAt = new Float64Array(2 * size2);
  const timerName = new Float64Array(2 * size2);
  for (let i = 0; i < device.length; i += 1) {
    const from = device.head + i & size2 - 1;
    start[i] = device.start[from];
    count2[i] = device.count[from];
    doneAt[i] = device.doneAt[from];
    timerAt[i] = device.timerAt[from];
    timerName[i] = device.timerName[from];
  }
  Object.assign(device, { start, count: count2, doneAt, timerAt, timerName, head: 0 });
}
function deviceTimer(mm, index) {
  const device = mm.devices[index];
  const at = device.head;
  if (device.doneAt[at] > mm.sched.now) {
    addDeviceTimer(mm.sched, index, device.doneAt[at]);
    return;
  }
  const start = device.start[at];
  const count2 = device.count[at];
  takeOldest(device);
  if (device.length > 0) setTimer(mm, device);
  device.completed += count2;
  if (index === DISK_READ) mm.core.unlockRun(start, count2);
  else if (index === DISK_WRITE) diskWriteEnded(mm, start, count2);
  else if (index === SWAP_WRITE) swapWriteEnded(mm, start, count2);
  wakeWaiters(mm.sched, device.waiters, start, count2);
}
function diskWriteEnded(mm, start, count2) {
  const { slots } = mm.tables;
  const { flags } = mm.frames;
  for (let slot = start; slot < start + count2; slot += 1) {
    if (slots[slot] > 0) flags[slots[slot]] &= ~PG_WRITEBACK;
  }
  mm.kernel.countWriteout(mm, count2);
  writesEnded(mm, count2);
}
function swapWriteEnded(mm, start, count2) {
  const { frame } = mm.swap;
  for (let entry = start; entry < start + count2; entry += 1) {
    freeFrame(mm, frame[entry]);
    frame[entry] = 0;
  }
  writesEnded(mm, count2);
}
function takeOldest(device) {
  const at = device.head;
  device.start[at] = 0;
  device.count[at] = 0;
  device.doneAt[at] = 0;
  device.timerAt[at] = 0;
  device.timerName[at] = 0;
  device.length -= 1;
  device.head = device.length === 0 ? 0 : at + 1 & device.start.length - 1;
}
function waitFor(mm, task, index, slot) {
  addWaiter(mm.devices[index].waiters, task, slot);
  sleepOn(mm.sched, task, UNINTERRUPTIBLE);
}

// src/mm/memcgs.ts
var MAX_MEMCGS = 1 << 16;
var ROOT_MEMCG = 1;
function memcgOf({ memcgs }, id) {
  const memcg = memcgs[id];
  if (memcg === null || memcg === void 0) throw new Error(`no memory cgroup ${id}`);
  return memcg;
}
function addMemcg(mm, make2) {
  const id = nextId(mm);
  mm.memcgsMade += 1;
  const memcg = make2(id, mm.memcgsMade);
  mm.memcgs[id] = memcg;
  makeRoomForLists(mm);
  return memcg;
}
function nextId(mm) {
  let id = mm.nextMemcg;
  while (mm.memcgs[id] !== null && mm.memcgs[id] !== void 0) id = (id + 1) % MAX_MEMCGS;
  mm.nextMemcg = (id + 1) % MAX_MEMCGS;
  return id;
}

// src/mm/swap.ts
var newSwapArea = (size2) => ({
  size: size2,
  used: 0,
  map: new Uint8Array(size2 + 1),
  frame: new Int32Array(size2 + 1),
  slot: new Int32Array(size2 + 1),
  next: 1
});
function addToSwap(mm) {
  const { swap } = mm;
  if (swap.used === swap.size) return 0;
  for (let tried = 0; tried < swap.size; tried += 1) {
    const entry = swap.next;
    swap.next = entry === swap.size ? 1 : entry + 1;
    if (swap.map[entry] === 0 && swap.frame[entry] === 0) {
      swap.map[entry] = 1;
      swap.used += 1;
      return entry;
    }
  }
  return 0;
}
function freeSwapEntry(mm, entry) {
  mm.swap.map[entry] = 0;
  mm.swap.used -= 1;
}
function writeToSwap(mm, pfn, entry) {
  const { frames, swap } = mm;
  const slot = frames.slot[pfn];
  mm.tables.slots[slot] = swapContent(entry);
  swap.slot[entry] = slot;
  swap.frame[entry] = pfn;
  frames.slot[pfn] = -1;
  mm.nrWriteback += 1;
  submit(mm, SWAP_WRITE, entry, 1);
}

// src/mm/mmap.ts
function anonMapping(mm, task) {
  const known = task.anon < 0 ? null : mm.mappings[task.anon];
  if (known !== null && known !== void 0) return known;
  const mapping = newMapping(mm, task.name, true);
  task.anon = mapping.id;
  return mapping;
}
function freeAnon(mm, task, from) {
  const mapping = task.anon < 0 ? null : mm.mappings[task.anon];
  if (mapping === null || mapping === void 0) return 0;
  const freed = freeOwnPages(mm, mapping, from);
  mapping.length = Math.min(mapping.length, from);
  task.anonPages = mapping.length;
  mm.sched.cost += freed * (mm.costs.unmap + mm.costs.free);
  mm.kernel.unmapped(mm, task);
  return freed;
}
function freeOwnPages(mm, mapping, from) {
  let freed = 0;
  for (let page = from; page < mapping.length; page += 1) {
    const slot = findSlot(mapping, page);
    if (slot < 0) continue;
    const content = mm.tables.slots[slot];
    if (content > 0) {
      mm.kernel.uncharge(mm, content);
      freeFrame(mm, content);
      freed += 1;
    } else if (isSwapped(content)) {
      freeSwapEntry(mm, swapEntryOf(content));
    }
    mm.tables.slots[slot] = 0;
    mm.tables.young[slot] = 0;
  }
  freeChunks(mm, mapping, from, false);
  return freed;
}
function mapFile(task, mapping, pages2) {
  task.vmas.push({ mapping: mapping.id, pages: pages2 });
  mapping.mmapped += 1;
}
function unmapFiles(mm, task) {
  for (const vma of task.vmas.splice(0)) {
    const mapping = mm.mappings[vma.mapping];
    if (mapping === null || mapping === void 0) continue;
    mapping.mmapped -= 1;
    const others = mm.tasks.filter((other) => other !== task && maps(other, vma.mapping));
    const stillMapped = Math.max(0, ...others.flatMap((other) => mappedPages(other, vma.mapping)));
    for (let page = stillMapped; page < vma.pages; page += 1) {
      const slot = findSlot(mapping, page);
      const pfn = slot < 0 ? 0 : mm.tables.slots[slot];
      if (pfn > 0) unmapPage(mm, slot, pfn);
    }
  }
}
function unmapPage({ frames: { flags }, tables: { young } }, slot, pfn) {
  flags[pfn] &= ~PG_MAPPED;
  if (young[slot] === 0) return;
  flags[pfn] |= PG_YOUNG;
  young[slot] = 0;
}
var maps = (task, mapping) => task.vmas.some((vma) => vma.mapping === mapping);
var mappedPages = (task, mapping) => task.vmas.filter((vma) => vma.mapping === mapping).map((vma) => vma.pages);
function exitMm(mm, task) {
  freeAnon(mm, task, 0);
  unmapFiles(mm, task);
  mm.kernel.unmapped(mm, task);
  if (task.anon >= 0) {
    mm.mappings[task.anon] = null;
    mm.freeMappings.push(task.anon);
    task.anon = -1;
  }
}

// src/mm/process.ts
var FIRST_PID = 4194305;
function newTask(mm, kind, name, memcg, node = 0, reclaims = 0) {
  const task = addTask(mm, { pid: mm.nextPid, kind, name, memcg, node, reclaims, real: null });
  mm.nextPid += 1;
  return task;
}
function addTask(mm, { pid, kind, name, memcg, node, reclaims, real }) {
  const task = {
    pid,
    state: INTERRUPTIBLE,
    timer: 0,
    onCpu: false,
    cpu: 0,
    queueIndex: -1,
    weight: NICE_0_WEIGHT,
    vruntime: TIME_0,
    sumExec: TIME_0,
    waitSlot: -1,
    kind,
    inKernel: false,
    killed: false,
    stopPending: false,
    frozen: false,
    stopRequested: false,
    finished: false,
    overHigh: null,
    behaviour: null,
    progress: null,
    memcg,
    node,
    rereadsUnknown: false,
    charge: null,
    pass: mm.kernel.newPass(),
    phase: 0,
    reclaims,
    shouldStop: false,
    nice: 0,
    name,
    real,
    anon: -1,
    anonPages: 0,
    vmas: [],
    openFiles: /* @__PURE__ */ new Map(),
    stallTime: TIME_0,
    pagesWritten: 0,
    faultStage: 0,
    outOfMemory: null,
    outcome: "ended"
  };
  mm.tasks.push(task);
  mm.tasksByPid.set(task.pid, task);
  if (real === null && !mm.tasksByName.has(name)) mm.tasksByName.set(name, task);
  memcgOf(mm, memcg).nrTasks += 1;
  mm.kernel.taskJoined(mm, task);
  return task;
}
var adoptTask = (mm, pid, name, memcg, real) => addTask(mm, { pid, kind: "real", name, memcg, node: 0, reclaims: 0, real });
function taskByName(mm, name) {
  const oldest = mm.tasksByName.get(name);
  if (oldest?.killed !== true) return oldest;
  return mm.tasks.find((task) => isNamed(task, name) && !task.killed);
}
var isNamed = (task, name) => task.name === name && task.real === null;
var isCharging = ({ charge }) => charge !== null;
function kthreadRun(mm, kind, name, reclaims) {
  const thread = newTask(mm, kind, name, ROOT_MEMCG, 0, reclaims);
  wakeUpNewThread(mm.sched, thread);
  return thread;
}
function kthreadStop(mm, thread) {
  if (thread === null) return;
  thread.shouldStop = true;
  wakeUp(mm.sched, thread);
}
function attachTask(mm, task, memcg) {
  mm.kernel.taskLeaves(mm, task);
  memcgOf(mm, task.memcg).nrTasks -= 1;
  memcgOf(mm, memcg).nrTasks += 1;
  task.memcg = memcg;
  mm.kernel.taskJoined(mm, task);
  if (task.rereadsUnknown) setRereadsUnknown(mm, task);
}
function setRereadsUnknown(mm, task) {
  task.rereadsUnknown = true;
  memcgOf(mm, task.memcg).rereadsUnknown = true;
}
function exitTask(mm, task) {
  exitMm(mm, task);
  forgetTask(mm, task);
}
function forgetTask(mm, task) {
  finishWait(mm.congestion, task);
  for (const device of mm.devices) forgetWaiter(device.waiters, task);
  removeFromQueue(mm.sched, task);
  mm.tasks.splice(mm.tasks.indexOf(task), 1);
  mm.tasksByPid.delete(task.pid);
  if (mm.tasksByName.get(task.name) === task) {
    const next = mm.tasks.find((other) => isNamed(other, task.name));
    if (next === void 0) mm.tasksByName.delete(task.name);
    else mm.tasksByName.set(task.name, next);
  }
  if (task.killed) mm.nrDying -= 1;
  mm.kernel.taskLeaves(mm, task);
  memcgOf(mm, task.memcg).nrTasks -= 1;
}
function markKilled(mm, task) {
  if (!task.killed) mm.nrDying += 1;
  task.killed = true;
}
function sendKill(mm, task) {
  markKilled(mm, task);
  if (task.state === STOPPED) task.state = INTERRUPTIBLE;
  if (task.state === INTERRUPTIBLE) wakeUp(mm.sched, task);
}

// src/mm/types.ts
var DONE = 0;
var FAILED = 1;
var SUSPENDED = 2;

// src/mm/real-memory.ts
var KINDS = ["anon", "file", "shmem"];
function newRealProcess(mm, name, start, base) {
  const mapping = (anonymous) => newMapping(mm, name, anonymous).id;
  const mappings = { anon: mapping(true), file: mapping(false), shmem: mapping(true) };
  return { start, seen: base, base, mappings, refused: false, spared: false };
}
function takeSample(mm, real, seen) {
  const before3 = real.seen;
  real.seen = seen;
  for (const kind of KINDS) {
    const mapping = mappingOf(mm, real, kind);
    const kept = Math.min(mapping.length, wanted(real, kind));
    if (kept < mapping.length) freeOwnPages(mm, mapping, kept);
    mapping.length = kept;
  }
  return !real.refused || KINDS.some((kind) => seen[kind] > before3[kind]);
}
function lacking(mm, real) {
  return KINDS.find((kind) => mappingOf(mm, real, kind).length < wanted(real, kind)) ?? null;
}
var missingPages = (mm, real) => KINDS.reduce((sum, kind) => sum + wanted(real, kind) - mappingOf(mm, real, kind).length, 0);
var broughtIn = (mm, real, kind) => mappingOf(mm, real, kind).length;
function realFault(mm, task, real) {
  const status = mm.kernel.tryCharge(mm, task);
  if (status !== DONE) return status;
  const kind = lacking(mm, real);
  if (kind === null) return DONE;
  const mapping = mappingOf(mm, real, kind);
  const slot = slotOf(mm, mapping, mapping.length);
  mapping.length += 1;
  mm.sched.cost += mm.costs.fault;
  mm.kernel.addResident(mm, task, slot, kind);
  return DONE;
}
function wantsMore(mm, task, real, eager) {
  if (lacking(mm, real) === null) {
    real.refused = false;
    real.spared = false;
    return false;
  }
  return eager || mm.kernel.hasRoom(mm, task);
}
function refuseReal(mm, task, real) {
  if (real.refused) return;
  real.refused = true;
  const { path } = memcgOf(mm, task.memcg);
  const count2 = missingPages(mm, real);
  mm.observer?.({
    type: "warning",
    time: ns(clock(mm.sched)),
    cgroup: path,
    text: `${task.name} (pid ${task.pid}) holds ${count2} pages more than ${path} has room for: they are charged to nobody, and the process, which a kernel would have killed, goes on`,
    floor: pages(0)
  });
}
function execReal(mm, real) {
  const none = { anon: 0, file: 0, shmem: 0 };
  real.base = none;
  takeSample(mm, real, none);
}
function exitReal(mm, real) {
  execReal(mm, real);
  for (const kind of KINDS) {
    mm.mappings[real.mappings[kind]] = null;
    mm.freeMappings.push(real.mappings[kind]);
  }
}
var wanted = (real, kind) => Math.max(0, real.seen[kind] - real.base[kind]);
function mappingOf(mm, real, kind) {
  const mapping = mm.mappings[real.mappings[kind]];
  if (mapping === null) throw new Error(`a real process has no ${kind} mapping`);
  return mapping;
}

// src/task/real.ts
var FAULTS_A_STEP = 32;
function startSample(mm, task, real, seen) {
  const eager = takeSample(mm, real, seen);
  if (task.progress !== null) {
    const progress2 = task.progress;
    progress2.eager ||= eager;
    task.finished = false;
    return;
  }
  if (!wantsMore(mm, task, real, eager)) return;
  const progress = { kind: "sample", eager };
  task.behaviour = { kind: "sample" };
  task.progress = progress;
  wakeUp(mm.sched, task);
}
function realStep(mm, task, ended) {
  const { real } = task;
  if (real === null || task.progress === null || task.finished) {
    task.behaviour = null;
    task.progress = null;
    task.finished = false;
    ended(task);
    sleepOn(mm.sched, task, INTERRUPTIBLE);
    return BLOCK;
  }
  const { eager } = task.progress;
  for (let i = 0; i < FAULTS_A_STEP; i += 1) {
    if (!isCharging(task) && !wantsMore(mm, task, real, eager)) {
      task.finished = true;
      break;
    }
    const status = realFault(mm, task, real);
    task.inKernel = status === SUSPENDED;
    if (status === SUSPENDED) return task.state === RUNNING ? MAY_PREEMPT : BLOCK;
    if (status === FAILED) {
      refuseReal(mm, task, real);
      task.finished = true;
      break;
    }
    if (needResched(mm.sched, task)) break;
  }
  return MAY_PREEMPT;
}

// src/mm/page-cache.ts
function fileMapping(mm, name, length) {
  const id = mm.files.get(name);
  const known = id === void 0 ? null : mm.mappings[id];
  const mapping = known ?? newMapping(mm, name, false);
  if (known === null) mm.files.set(name, mapping.id);
  if (mapping.length < length) mapping.length = length;
  return mapping;
}
var KEPT = PG_DIRTY | PG_LOCKED | PG_MAPPED | PG_WRITEBACK;
function invalidateMapping(mm, mapping, first = 0, end4 = Number.POSITIVE_INFINITY) {
  forEachResident(mm, mapping, first, end4, (slot, pfn) => {
    if ((mm.frames.flags[pfn] & KEPT) === 0) removeFromPageCache(mm, slot, pfn);
  });
}
function truncateMapping(mm, mapping, length) {
  forEachResident(
    mm,
    mapping,
    length,
    Number.POSITIVE_INFINITY,
    (slot, pfn) => removeFromPageCache(mm, slot, pfn)
  );
  freeChunks(mm, mapping, length);
  mapping.length = length;
}
function forEachResident(mm, mapping, from, end4, visit) {
  const { slots } = mm.tables;
  const chunks = Math.min(mapping.directory.length, Math.ceil(end4 / SLOTS_PER_CHUNK));
  for (let at = Math.floor(from / SLOTS_PER_CHUNK); at < chunks; at += 1) {
    const chunk = mapping.directory[at];
    if (chunk < 0) continue;
    const first = Math.max(0, from - at * SLOTS_PER_CHUNK);
    const last = Math.min(SLOTS_PER_CHUNK, end4 - at * SLOTS_PER_CHUNK);
    for (let offset = first; offset < last; offset += 1) {
      const slot = chunk * SLOTS_PER_CHUNK + offset;
      if (slots[slot] > 0) visit(slot, slots[slot]);
    }
  }
}
function removeFromPageCache(mm, slot, pfn) {
  clearPageDirty(mm, slot, pfn);
  mm.frames.flags[pfn] &= ~PG_WRITEBACK;
  mm.tables.slots[slot] = 0;
  mm.tables.young[slot] = 0;
  mm.kernel.uncharge(mm, pfn);
  freeFrame(mm, pfn);
}

// src/task/progress.ts
var CALL_ENDED = 0;
var IN_CALL = 1;
var PAUSED = 2;
var FINISHED = 3;
var FAULT_FAILED = 4;

// src/task/memory-work.ts
var FAULTS_A_STEP2 = 32;
function beginAlloc(mm, task, behaviour) {
  const mapping = anonMapping(mm, task);
  const next = mapping.length;
  mapping.length = next + behaviour.pages;
  task.anonPages = mapping.length;
  return { kind: "alloc", next, end: mapping.length };
}
function allocStep(mm, task, progress) {
  const mapping = anonMapping(mm, task);
  for (let i = 0; i < FAULTS_A_STEP2; i += 1) {
    if (progress.next === progress.end) return FINISHED;
    const status = mm.kernel.anonymousFault(mm, task, slotOf(mm, mapping, progress.next));
    if (status === SUSPENDED) return IN_CALL;
    if (status === FAILED) return FAULT_FAILED;
    progress.next += 1;
    if (needResched(mm.sched, task)) break;
  }
  return CALL_ENDED;
}
function freeStep(mm, task, behaviour) {
  mm.sched.cost += mm.costs.syscall;
  const keep2 = behaviour.pages === null ? 0 : Math.max(0, task.anonPages - behaviour.pages);
  freeAnon(mm, task, keep2);
  return FINISHED;
}
function beginMap(mm, behaviour) {
  const mapping = fileMapping(mm, behaviour.file, behaviour.pages);
  return { kind: "map", behaviour, file: mm.kernel.openFile(mapping, true), mapped: false };
}
function mapStep(mm, task, behaviour, progress) {
  const { file } = progress;
  const mapping = fileMapping(mm, behaviour.file, behaviour.pages);
  if (!progress.mapped) {
    mapFile(task, mapping, behaviour.pages);
    mm.sched.cost += mm.costs.syscall;
    progress.mapped = true;
  }
  for (let i = 0; i < FAULTS_A_STEP2; i += 1) {
    if (file.index === behaviour.pages) return FINISHED;
    const status = mm.kernel.fileFault(mm, task, file);
    if (status === SUSPENDED) return IN_CALL;
    if (status === FAILED) return FAULT_FAILED;
    file.index += 1;
    if (needResched(mm.sched, task)) break;
  }
  return CALL_ENDED;
}

// src/task/pace.ts
function keepRate(pace, pagesMoved, rate) {
  if (rate !== null) pace.until = pace.began + Math.floor(pagesMoved * PAGE_SIZE * SECOND / rate);
}
function tooEarly(mm, task, until) {
  if (clock(mm.sched) >= until) return false;
  sleepOn(mm.sched, task, INTERRUPTIBLE, until);
  return true;
}

// src/kernel/random.ts
function newRandom(seed) {
  const random = { a: 2654435769, b: 608135816, c: seed | 0, counter: 1 };
  for (let i = 0; i < 12; i += 1) nextUint32(random);
  return random;
}
function nextUint32(random) {
  const t = (random.a + random.b | 0) + random.counter | 0;
  random.counter = random.counter + 1 | 0;
  random.a = random.b ^ random.b >>> 9;
  random.b = random.c + (random.c << 3) | 0;
  random.c = (random.c << 21 | random.c >>> 11 | 0) + t | 0;
  return t >>> 0;
}
var nextFloat = (random) => nextUint32(random) * 2 ** -32;
var nextBelow = (random, bound) => Math.floor(nextFloat(random) * bound);

// src/task/stream.ts
function beginStream(mm, task, behaviour) {
  const mapping = fileMapping(mm, behaviour.file, lengthOf(behaviour));
  const file = task.openFiles.get(behaviour.file) ?? mm.kernel.openFile(mapping, behaviour.readahead);
  file.readahead = behaviour.readahead;
  task.openFiles.set(behaviour.file, file);
  const now = clock(mm.sched);
  return { kind: "stream", behaviour, file, moved: 0, rounds: 0, calling: false, began: now, until: now };
}
var lengthOf = ({ write: write3, at, pages: pages2 }) => write3 ? 0 : at + pages2;
function streamStep(mm, task, behaviour, progress) {
  const { file } = progress;
  if (!progress.calling) {
    if (progress.rounds === behaviour.times || behaviour.pages === 0) return FINISHED;
    if (tooEarly(mm, task, progress.until)) return PAUSED;
    beginCall(mm, behaviour, progress);
  }
  const length = lengthOf(behaviour);
  if (file.mapping.length < length) file.mapping.length = length;
  const { kernel } = mm;
  const status = behaviour.write ? kernel.genericFileWrite(mm, task, file) : kernel.genericFileRead(mm, task, file);
  if (status === SUSPENDED) return IN_CALL;
  if (status !== DONE) file.index = file.last;
  progress.calling = false;
  progress.moved += Math.min(behaviour.block, behaviour.pages - progress.moved);
  keepRate(progress, progress.rounds * behaviour.pages + progress.moved, behaviour.rate);
  if (progress.moved >= behaviour.pages) {
    progress.moved = 0;
    progress.rounds += 1;
  }
  return CALL_ENDED;
}
function beginCall(mm, behaviour, progress) {
  const { file } = progress;
  const { block, pages: pages2, at } = behaviour;
  const blocks = Math.ceil(pages2 / block);
  const first = behaviour.random ? nextBelow(mm.random, blocks) * block : progress.moved;
  mm.kernel.beginCall(file, at + first, at + Math.min(first + block, pages2));
  progress.calling = true;
  mm.sched.cost += mm.costs.syscall;
}

// src/task/logarithm.ts
var { LN2 } = Math;
function log(x) {
  if (x < 2 ** -1022) return log(x * 2 ** 54) - 54 * LN2;
  let mantissa = x;
  let exponent = 0;
  for (let step3 = 512; step3 >= 1; step3 /= 2) {
    if (mantissa >= 2 ** step3) {
      mantissa /= 2 ** step3;
      exponent += step3;
    } else if (mantissa < 2 ** (1 - step3)) {
      mantissa *= 2 ** step3;
      exponent -= step3;
    }
  }
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent += 1;
  }
  const z = (mantissa - 1) / (mantissa + 1);
  const zz = z * z;
  let sum = 0;
  for (let k = 19; k >= 1; k -= 2) sum = sum * zz + 1 / k;
  return exponent * LN2 + 2 * z * sum;
}
function exp(x) {
  const power = Math.round(x / LN2);
  const rest3 = x - power * LN2;
  let sum = 1;
  for (let k = 14; k >= 1; k -= 1) sum = 1 + sum * rest3 / k;
  return sum * 2 ** power;
}

// src/task/zipf.ts
function newZipf(n, theta) {
  return {
    n,
    theta,
    hX1: hIntegral(1.5, theta) - 1,
    hN: hIntegral(n + 0.5, theta),
    s: 2 - hIntegralInverse(hIntegral(2.5, theta) - h(2, theta), theta)
  };
}
function nextZipf(random, zipf) {
  const { n, theta, hX1, hN, s } = zipf;
  for (; ; ) {
    const u = hN + nextFloat(random) * (hX1 - hN);
    const x = hIntegralInverse(u, theta);
    const k = Math.min(n, Math.max(1, Math.floor(x + 0.5)));
    if (k - x <= s || u >= hIntegral(k + 0.5, theta) - h(k, theta)) return k - 1;
  }
}
var h = (x, theta) => exp(-theta * log(x));
function hIntegral(x, theta) {
  const logX = log(x);
  return expm1Over((1 - theta) * logX) * logX;
}
function hIntegralInverse(x, theta) {
  const t = Math.max(-1, x * (1 - theta));
  return exp(log1pOver(t) * x);
}
var expm1Over = (x) => x > 1e-5 || x < -1e-5 ? (exp(x) - 1) / x : 1 + x / 2 * (1 + x / 3);
var log1pOver = (x) => x > 1e-5 || x < -1e-5 ? log(1 + x) / x : 1 - x / 2 + x * x / 3;

// src/task/touch.ts
var TOUCHES_A_STEP = 64;
function touchable(task) {
  return task.vmas.reduce((sum, vma) => sum + vma.pages, task.anonPages);
}
function beginTouch(mm, task, behaviour) {
  const span = behaviour.pages ?? touchable(task);
  const { pattern } = behaviour;
  const now = clock(mm.sched);
  const rounds = behaviour.times ?? (behaviour.forTime === null ? 1 : Infinity);
  return {
    kind: "touch",
    behaviour,
    began: now,
    until: now,
    made: 0,
    wanted: span === 0 ? 0 : span * rounds,
    deadline: behaviour.forTime === null ? Infinity : now + behaviour.forTime,
    span,
    page: -1,
    faulting: false,
    files: task.vmas.map(() => null),
    zipf: pattern.kind === "zipf" ? newZipf(Math.max(1, span), pattern.theta) : null
  };
}
function touchStep(mm, task, behaviour, progress) {
  const { random, sched, costs } = mm;
  const anon = anonMapping(mm, task);
  for (let i = 0; i < TOUCHES_A_STEP; i += 1) {
    if (progress.page < 0) {
      if (progress.made >= progress.wanted || clock(sched) >= progress.deadline) return FINISHED;
      if (behaviour.rate !== null && tooEarly(mm, task, progress.until)) return PAUSED;
      progress.page = choosePage(random, behaviour, progress);
    }
    if (task.faultStage !== 0 || !touchResident(mm, anon, progress.page)) {
      const status = touchPage(mm, task, behaviour.write, progress);
      if (status === SUSPENDED) return IN_CALL;
      if (status !== DONE) return FAULT_FAILED;
    }
    sched.cost += costs.touch;
    progress.page = -1;
    progress.made += 1;
    if (behaviour.rate !== null) keepRate(progress, progress.made, behaviour.rate);
    if (needResched(sched, task)) break;
  }
  return CALL_ENDED;
}
function touchResident(mm, anon, page) {
  if (page >= anon.length) return false;
  const at = page >> CHUNK_SHIFT;
  if (at >= anon.directory.length || anon.directory[at] < 0) return false;
  const { slots, young } = mm.tables;
  const slot = (anon.directory[at] << CHUNK_SHIFT) + (page & SLOTS_PER_CHUNK - 1);
  if (young[slot] !== 0) return true;
  if (slots[slot] <= 0) return false;
  young[slot] = 1;
  return true;
}
function choosePage(random, behaviour, progress) {
  const { pattern } = behaviour;
  const { span } = progress;
  switch (pattern.kind) {
    case "seq":
      return progress.made % span;
    case "random":
      return nextBelow(random, span);
    case "zipf":
      return progress.zipf === null ? 0 : nextZipf(random, progress.zipf);
    case "hot": {
      const hot = Math.min(span, Math.max(1, Math.round(span * pattern.share)));
      const inHot = nextFloat(random) < pattern.of || hot === span;
      return inHot ? nextBelow(random, hot) : hot + nextBelow(random, span - hot);
    }
  }
}
function touchPage(mm, task, write3, progress) {
  const { page } = progress;
  if (page >= task.anonPages) return touchMapped(mm, task, write3, progress);
  return mm.kernel.anonymousFault(mm, task, slotOf(mm, anonMapping(mm, task), page));
}
function touchMapped(mm, task, write3, progress) {
  let page = progress.page - task.anonPages;
  let region2 = 0;
  while (page >= task.vmas[region2].pages) {
    page -= task.vmas[region2].pages;
    region2 += 1;
  }
  const mapping = mm.mappings[task.vmas[region2].mapping];
  if (mapping === null || mapping === void 0) return DONE;
  let slot = slotOf(mm, mapping, page);
  const there = mm.tables.slots[slot];
  if (progress.faulting || there <= 0 || (mm.frames.flags[there] & (PG_MAPPED | PG_LOCKED)) !== PG_MAPPED) {
    const file = progress.files[region2] ?? mm.kernel.openFile(mapping, true);
    progress.files[region2] = file;
    file.index = page;
    const status = mm.kernel.fileFault(mm, task, file);
    progress.faulting = status === SUSPENDED;
    if (status !== DONE) return status;
    slot = slotOf(mm, mapping, page);
  }
  mm.tables.young[slot] = 1;
  if (write3) setPageDirty(mm, mapping, slot, mm.tables.slots[slot]);
  return DONE;
}

// src/task/behaviour.ts
var READ = 0;
var WRITE = 1;
var TRUNCATE = 2;
var DROP = 3;
var NO_RECORDS = {
  time: new Float64Array(),
  file: new Int32Array(),
  page: new Float64Array(),
  count: new Int32Array(),
  op: new Uint8Array()
};

// src/task/trace.ts
var RECORDS_A_STEP = 64;
var LOOKED_UP_FIRST = 8;
var ABSENT = -1;
var beginTrace = (mm, behaviour) => ({
  kind: "trace",
  behaviour,
  began: clock(mm.sched),
  first: 0,
  at: 0,
  batch: null,
  last: false,
  names: [],
  files: [],
  calling: false
});
function feedTrace(progress, batch2, last, names) {
  const { batch: rest3, at } = progress;
  progress.batch = rest3 === null || at === rest3.time.length ? batch2 : joined(rest3, at, batch2);
  progress.first += at;
  progress.at = 0;
  progress.last = last;
  if (names.length > progress.names.length) progress.names = [...names];
}
function joined(rest3, at, more) {
  const kept = rest3.time.length - at;
  const length = kept + more.time.length;
  return {
    time: join(new Float64Array(length), rest3.time.subarray(at), more.time),
    file: join(new Int32Array(length), rest3.file.subarray(at), more.file),
    page: join(new Float64Array(length), rest3.page.subarray(at), more.page),
    count: join(new Int32Array(length), rest3.count.subarray(at), more.count),
    op: join(new Uint8Array(length), rest3.op.subarray(at), more.op)
  };
}
function join(to, first, second) {
  to.set(first);
  to.set(second, first.length);
  return to;
}
function traceStep(mm, task, behaviour, progress) {
  const { batch: batch2 } = progress;
  if (batch2 === null || !progress.last && batch2.time.length - progress.at < RECORDS_A_STEP) {
    const fed = progress.first + (batch2?.time.length ?? 0);
    mm.needs = { source: behaviour.source, record: fed, pid: task.pid };
    return progress.calling ? IN_CALL : CALL_ENDED;
  }
  let left2 = RECORDS_A_STEP;
  while (left2 > 0) {
    const { at } = progress;
    if (at === batch2.time.length) return FINISHED;
    if (!progress.calling) {
      if (!behaviour.asap && tooEarly(mm, task, progress.began + batch2.time[at])) return PAUSED;
      left2 = readPlain(mm, task, behaviour, progress, batch2, left2);
      if (progress.at > at) continue;
    }
    const status = doRecord(mm, task, behaviour, progress, batch2);
    if (status === SUSPENDED) return IN_CALL;
    progress.calling = false;
    progress.at += 1;
    left2 -= 1;
  }
  return CALL_ENDED;
}
function readPlain(mm, task, { asap }, progress, batch2, room) {
  const { sched, costs, core, kernel } = mm;
  const { loneTimes: times, loneCounts: counts, window } = core;
  const end4 = asap ? batch2.time.length : progress.at + 1;
  const comeIn = progress.last ? end4 : batch2.time.length - RECORDS_A_STEP + 1;
  let alone = false;
  let left2 = room;
  let most = LOOKED_UP_FIRST;
  let [last, lastSlot] = [-1, 0];
  times[COST] = sched.cost;
  times[HIT] = costs.syscall + costs.copy;
  counts[STOPS_AT_DUE] = kernel.activatesItself ? 1 : 0;
  while (left2 > 0 && progress.at < end4) {
    const first = progress.at;
    const found = lookUp(window, progress, batch2, Math.min(end4, first + most));
    if (found > LOOKED_UP_FIRST) core.lookAhead(found);
    let done2 = core.readPages(0, found, left2, alone ? comeIn - first : 0);
    left2 = counts[LEFT];
    if (!alone && left2 > 0 && done2 < found && isAway(mm, window[done2])) {
      alone = kernel.beginAlone(mm, task, RECORDS_A_STEP);
      if (alone) done2 = core.readPages(done2, found, left2, comeIn - first);
      left2 = counts[LEFT];
    }
    if (counts[LAST] >= 0) [last, lastSlot] = [first + counts[LAST], window[counts[LAST]]];
    progress.at = first + done2;
    if (done2 < found) break;
    most = alone ? WINDOW : left2;
  }
  sched.cost = times[COST];
  if (alone) kernel.endAlone(mm, task);
  const file = last < 0 ? null : progress.files[batch2.file[last]];
  if (file !== null) kernel.pageWasRead(file, pageOf(batch2, last), lastSlot);
  return left2;
}
var isAway = (mm, slot) => slot >= 0 && mm.tables.slots[slot] <= 0;
function lookUp(window, { at: first, files: files4 }, { page, count: count2, op, file }, most) {
  const number = file[first];
  const mapping = files4[number]?.mapping;
  if (mapping === void 0) {
    window[0] = ABSENT;
    return 1;
  }
  const { directory: directory2 } = mapping;
  const end4 = Math.min(mapping.length, nearPages(directory2));
  let at = first;
  for (; at < most && file[at] === number; at += 1) {
    const plain = page[at] < end4 && count2[at] === 1 && op[at] === READ;
    window[at - first] = plain ? findNearSlot(directory2, page[at]) : ABSENT;
  }
  return at - first;
}
function doRecord(mm, task, behaviour, progress, batch2) {
  const { at } = progress;
  const end4 = pageOf(batch2, at) + batch2.count[at];
  const number = batch2.file[at];
  const file = progress.files[number] ?? mm.kernel.openFile(fileMapping(mm, nameOf(behaviour, progress, number), end4), false);
  progress.files[number] = file;
  const { mapping } = file;
  const op = batch2.op[at];
  if (op === TRUNCATE || op === DROP) {
    mm.sched.cost += mm.costs.syscall;
    if (op === TRUNCATE) truncateMapping(mm, mapping, pageOf(batch2, at));
    else invalidateMapping(mm, mapping, pageOf(batch2, at), end4);
    return DONE;
  }
  if (mapping.length < end4) mapping.length = end4;
  if (!progress.calling) {
    beginCall2(mm, mapping, file, batch2, at);
    progress.calling = true;
  }
  const { kernel } = mm;
  return op === WRITE ? kernel.genericFileWrite(mm, task, file) : kernel.genericFileRead(mm, task, file);
}
var pageOf = ({ page }, at) => Math.trunc(page[at]);
var nameOf = (behaviour, { names }, file) => names[file] || (file === 0 ? behaviour.file : `${behaviour.file}.${file}`);
function beginCall2(mm, mapping, file, batch2, at) {
  const first = pageOf(batch2, at);
  const end4 = first + batch2.count[at];
  mm.kernel.beginCall(file, first, end4);
  file.previous = -1;
  mm.sched.cost += mm.costs.syscall;
  const slot = findSlot(mapping, first);
  const missing = slot < 0 || mm.tables.slots[slot] <= 0 || batch2.count[at] > 1;
  if (missing && batch2.op[at] === READ) mm.kernel.readExactly(file, first, end4);
}

// src/task/task.ts
function startBehaviour(mm, task, behaviour) {
  task.behaviour = behaviour;
  task.progress = begin(mm, task, behaviour);
  task.stopRequested = false;
  wakeUp(mm.sched, task);
}
function begin(mm, task, behaviour) {
  switch (behaviour.kind) {
    case "alloc":
      return beginAlloc(mm, task, behaviour);
    case "free":
      return { kind: "free", behaviour };
    case "touch":
      return beginTouch(mm, task, behaviour);
    case "stream":
      return beginStream(mm, task, behaviour);
    case "map":
      return beginMap(mm, behaviour);
    case "trace":
      return beginTrace(mm, behaviour);
    case "sleep":
      return { kind: "sleep", until: clock(mm.sched) + behaviour.time };
  }
}
function stopBehaviour(mm, task) {
  if (task.behaviour === null) return;
  if (task.state === STOPPED && !task.inKernel) {
    endBehaviour(task, "stopped", () => void 0);
    return;
  }
  task.stopRequested = true;
  if (!task.inKernel) wakeUp(mm.sched, task);
}
function taskStep(mm, task, ended) {
  const held = task.overHigh === null ? null : mm.kernel.doNotifyResume(mm, task);
  if (held !== null) return held;
  if (!task.inKernel) {
    if (task.killed) return die(mm, task, ended);
    if (task.stopPending || task.frozen) {
      sleepOn(mm.sched, task, STOPPED);
      return BLOCK;
    }
    if (task.stopRequested) endBehaviour(task, "stopped", ended);
    if (task.finished) endBehaviour(task, "ended", ended);
    if (task.behaviour === null) {
      sleepOn(mm.sched, task, INTERRUPTIBLE);
      return BLOCK;
    }
  }
  const stepped = work(mm, task);
  task.inKernel = stepped === IN_CALL;
  switch (stepped) {
    case CALL_ENDED:
      return MAY_PREEMPT;
    case IN_CALL:
      return task.state === RUNNING ? MAY_PREEMPT : BLOCK;
    case PAUSED:
      return BLOCK;
    case FINISHED:
      task.finished = true;
      return MAY_PREEMPT;
    case FAULT_FAILED:
      task.outOfMemory ??= mm.freePages === 0 ? "" : memcgOf(mm, task.memcg).path;
      markKilled(mm, task);
      return die(mm, task, ended);
  }
}
function work(mm, task) {
  const progress = task.progress;
  switch (progress.kind) {
    case "alloc":
      return allocStep(mm, task, progress);
    case "free":
      return freeStep(mm, task, progress.behaviour);
    case "touch":
      return touchStep(mm, task, progress.behaviour, progress);
    case "stream":
      return streamStep(mm, task, progress.behaviour, progress);
    case "map":
      return mapStep(mm, task, progress.behaviour, progress);
    case "trace":
      return traceStep(mm, task, progress.behaviour, progress);
    case "sleep":
      return tooEarly(mm, task, progress.until) ? PAUSED : FINISHED;
  }
}
function endBehaviour(task, outcome, ended) {
  task.behaviour = null;
  task.progress = null;
  task.finished = false;
  task.stopRequested = false;
  task.outcome = outcome;
  ended(task);
}
function die(mm, task, ended) {
  mm.kernel.dropPass(mm, task);
  endBehaviour(task, "killed", ended);
  return EXIT;
}

// src/fs/handle.ts
var O_RDONLY = 0;
var O_WRONLY = 1;
var O_RDWR = 2;
var O_CREAT = 64;
var O_EXCL = 128;
var O_TRUNC = 512;
var O_DIRECT = 16384;
var O_DIRECTORY = 65536;
var O_ACCMODE = 3;
var MAX_HANDLES = 65536;
function open(fs, path, flags, who) {
  const target = (flags & O_CREAT) === 0 ? lookup(fs, path, who) : lookupOrCreate(fs, path, flags, who);
  if (!target.ok) return target;
  const { cgroup, file } = target.value;
  const access = flags & O_ACCMODE;
  const readable = access === O_RDONLY || access === O_RDWR;
  const writable = access === O_WRONLY || access === O_RDWR;
  const asked = mayOpen(fs, target.value, flags, readable, writable, who);
  if (!asked.ok) return asked;
  if ((flags & O_TRUNC) !== 0) setAttributes(fs, cgroup, file?.name ?? null, { size: 0 }, { ...who, uid: 0 });
  let fd = fs.handles.indexOf(null);
  if (fd < 0) fd = fs.handles.length;
  if (fd === MAX_HANDLES) return refuse("ENFILE", `${MAX_HANDLES} files are open: close some`);
  const early = file !== null && file.snapshot === "open" && readable ? readFile(file, fs, cgroup) : null;
  if (early !== null && !early.ok) return early;
  const snapshot = early === null ? null : early.value;
  fs.handles[fd] = { cgroup, file: file?.name ?? null, readable, writable, offset: 0, snapshot };
  return done(fd);
}
function lookupOrCreate(fs, path, flags, who) {
  const place2 = placeOf(fs, path, who);
  if (!place2.ok) return place2;
  const { found } = place2.value;
  if (place2.value.slash) return refuse("EISDIR", `${path} is to be a file`);
  if (found === null) return refuseCreate(place2.value, path, who);
  if ((flags & O_EXCL) !== 0) return refuse("EEXIST", `${path} is there already`);
  if (found.file === null) return refuse("EISDIR", `${path} is a cgroup`);
  return done(found);
}
function refuseCreate(place2, path, who) {
  const may = mayCreate(place2, path, false, who);
  return may.ok ? refuse("EACCES", "the kernel makes control files, nobody else") : may;
}
function mayOpen(fs, { cgroup, file }, flags, readable, writable, who) {
  if (file !== null && (flags & O_DIRECTORY) !== 0) return refuse("ENOTDIR", `${file.name} is a file`);
  const changes = (flags & O_ACCMODE) !== O_RDONLY || (flags & O_TRUNC) !== 0;
  if (file === null && changes) return refuse("EISDIR", "a cgroup can not be opened for writing");
  const neither = !readable && !writable;
  const mask = (readable || neither ? MAY_READ : 0) | (writable || neither || changes ? MAY_WRITE : 0);
  const allowed = permission(inodeOf(fs, cgroup, file?.name ?? null), mask, who);
  if (!allowed.ok) return allowed;
  return (flags & O_DIRECT) === 0 ? OK : refuse("EINVAL", "control files know no O_DIRECT");
}
function handleOf(fs, fd) {
  const handle = fs.handles[fd] ?? null;
  return handle === null ? refuse("EBADF", `${fd} is no open file`) : done(handle);
}
function close(fs, fd) {
  const handle = handleOf(fs, fd);
  if (!handle.ok) return handle;
  fs.handles[fd] = null;
  while (fs.handles.at(-1) === null) fs.handles.pop();
  return OK;
}
function read(fs, fd, count2, at) {
  const handle = handleOf(fs, fd);
  if (!handle.ok) return handle;
  const file = handle.value;
  if (at !== null && at < 0) return refuse("EINVAL", "an offset is not negative");
  const driver = file.file === null ? null : driverOf(fs, file.cgroup, file.file);
  if (at !== null && driver?.snapshot === "read") return refuse("ESPIPE", NO_PREAD);
  if (!file.readable) return refuse("EBADF", "the file is not open for reading");
  if (driver === null) return refuse("EISDIR", "a cgroup is no file");
  const offset = at ?? file.offset;
  const fault = offset === 0 && !file.cgroup.removed ? faultOf(fs, file.cgroup, driver.name, "read") : null;
  if (fault !== null) return fault;
  const text = textOf(fs, file, driver);
  if (!text.ok) return text;
  const bytes2 = encodeText(text.value).subarray(offset, offset + Math.max(0, count2));
  if (at === null) file.offset += bytes2.length;
  return done(bytes2);
}
var NO_PREAD = "this file can only be read on from where the last read ended";
function textOf(fs, handle, driver) {
  if (driver.snapshot !== "read" && handle.cgroup.removed) return refuse("ENODEV", "the cgroup was removed");
  if (handle.snapshot !== null) return done(handle.snapshot);
  const text = readFile(driver, fs, handle.cgroup);
  if (text.ok && driver.snapshot === "read") handle.snapshot = text.value;
  return text;
}
function write(fs, fd, data, at, writer) {
  const handle = handleOf(fs, fd);
  if (!handle.ok) return handle;
  const { cgroup, file, writable } = handle.value;
  if (at !== null && at < 0) return refuse("EINVAL", "an offset is not negative");
  const driver = file === null ? null : driverOf(fs, cgroup, file);
  const sequence = driver?.snapshot === "read";
  if (at !== null && sequence) return refuse("ESPIPE", NO_PREAD);
  if (!writable || driver === null) return refuse("EBADF", "the file is not open for writing");
  if (cgroup.removed && !sequence) return refuse("ENODEV", "the cgroup was removed");
  const answer2 = writeFile(driver, fs, cgroup, data, writer);
  const taken = "wait" in answer2 || answer2.ok;
  if (taken && at === null && fs.controller.traits.writesMove) handle.value.offset += data.length;
  return answer2;
}
function lseek(fs, fd, offset, whence) {
  const found = handleOf(fs, fd);
  if (!found.ok) return found;
  const handle = found.value;
  const driver = handle.file === null ? null : driverOf(fs, handle.cgroup, handle.file);
  const sequence = driver?.snapshot === "read";
  if (whence === "end" && (sequence || driver === null))
    return refuse("EINVAL", "it has no end to seek from");
  const end4 = inodeOf(fs, handle.cgroup, handle.file).size;
  const from = whence === "set" ? 0 : whence === "cur" ? handle.offset : end4;
  const to = from + offset;
  if (to < 0 || to > MAX_BYTES && !sequence) return refuse("EINVAL", `an offset is 0 to ${MAX_BYTES}`);
  if (driver !== null && sequence && to !== handle.offset) {
    handle.snapshot = null;
    if (to > 0) textOf(fs, handle, driver);
  }
  handle.offset = to;
  return done(to);
}

// src/fs/readdir.ts
function directoryEntries(fs, cgroup) {
  const parent = cgroup.parent ?? cgroup;
  return [
    { name: ".", ino: cgroup.inode.ino, directory: true },
    { name: "..", ino: parent.inode.ino, directory: true },
    ...cgroup.children.map(({ name, inode }) => ({ name, ino: inode.ino, directory: true })),
    ...controlFiles(fs, cgroup).map(({ name }) => ({
      name,
      ino: inodeOf(fs, cgroup, name).ino,
      directory: false
    }))
  ];
}

// src/machine/dentries.ts
var Dentries = class {
  #state;
  constructor(state) {
    this.#state = state;
  }
  get root() {
    return { cgroup: this.#state.fs.root, file: null };
  }
  /** null: there is none of that name. */
  lookup({ cgroup }, name) {
    const child = cgroup.childByName.get(name);
    if (child !== void 0) return { cgroup: child, file: null };
    const isFile2 = controlFiles(this.#state.fs, cgroup).some((other) => other.name === name);
    return isFile2 ? { cgroup, file: name } : null;
  }
  stat({ cgroup, file }) {
    return statOf(this.#state.fs, cgroup, file);
  }
  /** Absolute, as of now; null: it was removed. */
  path({ cgroup, file }) {
    if (cgroup.removed) return null;
    return file === null ? cgroup.memcg.path : filePath(cgroup, file);
  }
  /** A directory's entries in the kernel's order, `.` and `..` first. */
  list({ cgroup }) {
    return directoryEntries(this.#state.fs, cgroup);
  }
  /** ENOENT when the cgroup was removed: no name leads there any more (recorded). */
  open({ cgroup, file }, readable, writable) {
    const { fs } = this.#state;
    const driver = file === null ? null : driverOf(fs, cgroup, file);
    if (driver === null) return refuse("EISDIR", "a cgroup is no file");
    if (cgroup.removed) return refuse("ENOENT", "the cgroup was removed");
    const early = driver.snapshot === "open" && readable ? readFile(driver, fs, cgroup) : null;
    if (early !== null && !early.ok) return early;
    return done({ cgroup, file, readable, writable, offset: 0, snapshot: early?.value ?? null });
  }
  /** read(2) whose offset the caller keeps. At most `count` bytes; none at the end. */
  read(open2, count2, offset) {
    const { fs } = this.#state;
    const driver = open2.file === null ? null : driverOf(fs, open2.cgroup, open2.file);
    if (driver === null) return refuse("EISDIR", "a cgroup is no file");
    if (!open2.readable) return refuse("EBADF", "the file is not open for reading");
    if (driver.snapshot === "read" && offset !== open2.offset) open2.snapshot = null;
    const text = textOf(fs, open2, driver);
    if (!text.ok) return text;
    const bytes2 = encodeText(text.value).subarray(offset, offset + count2);
    open2.offset = offset + bytes2.length;
    return done(bytes2);
  }
  /** What write(2) answers for an open file of a cgroup that was removed. */
  refusalOfRemoved({ cgroup, file }) {
    const driver = file === null ? null : driverOf(this.#state.fs, cgroup, file);
    return driver?.snapshot === "read" ? "EINVAL" : "ENODEV";
  }
};

// src/fs/cgroup.ts
function newCgroupfs(mm, controller, extras) {
  const memcg = controller.create(mm, "/", null);
  const root = {
    id: memcg.id,
    name: "",
    parent: null,
    children: [],
    childByName: /* @__PURE__ */ new Map(),
    memcg,
    notifyOnRelease: false,
    removed: false,
    inode: directoryInode(1, controller.traits.rootMode, SUPERUSER, 0),
    fileInodes: /* @__PURE__ */ new Map(),
    made: { uid: 0, gid: 0, time: 0 }
  };
  const cgroups = /* @__PURE__ */ new Map([[root.id, root]]);
  return {
    mm,
    controller,
    root,
    cgroups,
    releaseAgent: "",
    extras,
    handles: [],
    faults: [],
    nextIno: 1 + controller.traits.maxFiles
  };
}
function mkdir(fs, path, mode = 511, who = SUPERUSER, owner = who) {
  const place2 = placeOf(fs, path, who);
  if (!place2.ok) return place2;
  const may = mayCreate(place2.value, path, true, who);
  if (!may.ok) return may;
  const { parent, name } = place2.value;
  const refused = fs.controller.mayMake(fs.mm, parent.memcg, name);
  if (refused !== null) return refused;
  if (fs.cgroups.size >= MAX_CGROUPS) return refuse("ENOMEM", `a machine has ${MAX_CGROUPS} cgroups at most`);
  const memcg = fs.controller.create(fs.mm, pathOf(parent, name), parent.memcg);
  const time = fs.mm.sched.now;
  const cgroup = {
    id: memcg.id,
    name,
    parent,
    children: [],
    childByName: /* @__PURE__ */ new Map(),
    memcg,
    // kernel/cgroup.c, cgroup_create(): inherited.
    notifyOnRelease: parent.notifyOnRelease,
    removed: false,
    inode: directoryInode(takeIno(fs), mode, { ...who, uid: owner.uid, gid: owner.gid }, time),
    fileInodes: /* @__PURE__ */ new Map(),
    made: { uid: owner.uid, gid: owner.gid, time }
  };
  parent.children.unshift(cgroup);
  parent.childByName.set(name, cgroup);
  fs.cgroups.set(cgroup.id, cgroup);
  return OK;
}
var MAX_CGROUPS = 65535;
var pathOf = (parent, name) => parent.parent === null ? `/${name}` : `${parent.memcg.path}/${name}`;
function mayRmdir(fs, path, who = SUPERUSER) {
  const last = path.split("/").filter((name) => name !== "").pop();
  if (last === ".") return refuse("EINVAL", "a path that ends in . can be removed by nobody");
  if (last === "..") return refuse("ENOTEMPTY", "a path that ends in .. can be removed by nobody");
  const place2 = placeOf(fs, path, who);
  if (!place2.ok) return place2;
  if (last === void 0) return refuse("EBUSY", "the root can not be removed");
  const may = mayDelete(fs, place2.value, true, who);
  if (!may.ok) return may;
  const cgroup = place2.value.found?.cgroup;
  if (cgroup === void 0) return refuse("ENOENT", `there is no ${path}`);
  const { nrTasks } = cgroup.memcg;
  if (nrTasks > 0) return refuse("EBUSY", `${nrTasks} task(s) are in ${path}: move or kill them first`);
  if (cgroup.children.length > 0) return refuse("EBUSY", `${path} has sub-directories: remove them first`);
  return done(cgroup);
}
function finishRmdir(fs, cgroup) {
  const { memcg, parent } = cgroup;
  const held = fs.controller.holdsBack(memcg);
  if (held !== null) return held;
  cgroup.removed = true;
  parent?.children.splice(parent.children.indexOf(cgroup), 1);
  parent?.childByName.delete(cgroup.name);
  fs.cgroups.delete(cgroup.id);
  fs.controller.remove(fs.mm, memcg);
  const time = fs.mm.sched.now;
  cgroup.inode.ctime = time;
  if (parent !== null) touchTimes(parent, time);
  return OK;
}
var touchTimes = ({ inode }, time) => {
  inode.mtime = time;
  inode.ctime = time;
};
function rename(fs, from, to, who = SUPERUSER) {
  const source = placeOf(fs, from, who);
  if (!source.ok) return source;
  const target = placeOf(fs, to, who);
  if (!target.ok) return target;
  if (source.value.name === "" || target.value.name === "") return refuse("EBUSY", "the path names no entry");
  const moved = source.value.found;
  if (moved === null) return refuse("ENOENT", `there is no ${from}`);
  if (moved.file !== null && (source.value.slash || target.value.slash)) {
    return refuse("ENOTDIR", `${moved.file.name} is a file`);
  }
  return cgroupRename(fs, moved, source.value, target.value, who);
}
function cgroupRename(fs, moved, source, target, who) {
  const { cgroup } = moved;
  const onto = target.found;
  const directory2 = moved.file === null;
  if (directory2 && holds(cgroup, target.parent)) return refuse("EINVAL", "a directory can not hold itself");
  if (onto?.file === null && onto.cgroup !== cgroup && holds(onto.cgroup, source.parent)) {
    return refuse("ENOTEMPTY", "the target holds the source");
  }
  if (onto?.cgroup === cgroup && onto.file === moved.file) return OK;
  const may = mayDelete(fs, source, directory2, who);
  if (!may.ok) return may;
  const mayPut = onto === null ? mayCreate(target, target.name, true, who) : mayDelete(fs, target, directory2, who);
  if (!mayPut.ok) return mayPut;
  if (!fs.controller.traits.renames) return refuse("EPERM", "a cgroup keeps its name");
  if (!directory2) return refuse("ENOTDIR", "only cgroups can be renamed");
  if (onto !== null) return refuse("EEXIST", `${target.name} is there already`);
  if (target.parent !== source.parent) return refuse("EIO", "a cgroup stays in its parent");
  target.parent.childByName.delete(cgroup.name);
  target.parent.childByName.set(target.name, cgroup);
  cgroup.name = target.name;
  renamePaths(cgroup, pathOf(target.parent, cgroup.name));
  touchTimes(target.parent, fs.mm.sched.now);
  cgroup.inode.ctime = fs.mm.sched.now;
  return OK;
}
function holds(outer, inner) {
  for (let at = inner; at !== null; at = at.parent) if (at === outer) return true;
  return false;
}
function renamePaths(cgroup, path) {
  cgroup.memcg.path = path;
  for (const child of cgroup.children) renamePaths(child, `${path}/${child.name}`);
}

// src/machine/hand.ts
function shStep(state) {
  const { mm, sh, hand } = state;
  if (hand === null) return rest(state);
  switch (hand.kind) {
    case "force-empty":
    case "rmdir":
    case "stop-daemon": {
      const cgroup = state.fs.cgroups.get(hand.cgroup);
      if (cgroup === void 0) return answer(state, refuse("ENODEV"));
      return emptyAndStop(state, cgroup);
    }
    case "reclaim": {
      const memcg = state.fs.cgroups.get(hand.cgroup)?.memcg;
      return memcg === void 0 ? answer(state, refuse("ENODEV")) : reclaim(state, memcg, hand);
    }
    case "sync":
      finishWait(mm.congestion, sh);
      return syncStep(state);
    default:
      return rest(state);
  }
}
function rest(state) {
  sleepOn(state.mm.sched, state.sh, INTERRUPTIBLE);
  return BLOCK;
}
function answer(state, result) {
  state.hand = null;
  state.answer = result;
  return MAY_PREEMPT;
}
function emptyAndStop(state, cgroup) {
  const { mm, sh, hand } = state;
  const daemonGone = cgroup.memcg.daemon === null;
  if (hand?.kind === "stop-daemon") return daemonGone ? answer(state, OK) : rest(state);
  if (hand?.kind === "rmdir" && hand.stage === "daemon") {
    if (!daemonGone) return rest(state);
    hand.stage = "pages";
  }
  if (mm.kernel.forceEmpty(mm, sh, cgroup.memcg) === SUSPENDED) return sh.state === RUNNING ? GO_ON : BLOCK;
  return answer(state, hand?.kind === "rmdir" ? finishRmdir(state.fs, cgroup) : OK);
}
function reclaim(state, memcg, { asked, strict }) {
  const { mm, sh } = state;
  const status = mm.kernel.proactiveReclaim(mm, sh, memcg, asked);
  if (status === SUSPENDED) return sh.state === RUNNING ? MAY_PREEMPT : BLOCK;
  return answer(state, status === DONE || !strict ? OK : NOT_IN_FULL);
}
var NOT_IN_FULL = refuse("EAGAIN", "less than that could be reclaimed");
function syncStep(state) {
  const { mm, sh, hand } = state;
  if (hand?.kind !== "sync") return rest(state);
  const disk = mm.devices[DISK_WRITE];
  if (hand.target === null && mm.flushRequest === 0) hand.target = disk.submitted;
  if (hand.target !== null && disk.completed >= hand.target) return answer(state, OK);
  if (mm.flushRequest > 0) wakeupFlusher(mm, mm.flushRequest);
  congestionWait(mm, sh, 100 * MILLISECOND);
  return BLOCK;
}

// src/mm/lru-lists.ts
var OFFSET2 = BLOCK_PLACES - 1;
var newLruLists = () => ({
  place: new Int32Array(),
  pfn: new Int32Array(),
  used: new Uint8Array(),
  list: new Int32Array(),
  older: new Int32Array(),
  younger: new Int32Array(),
  oldest: new Int32Array(),
  end: new Int32Array(),
  length: new Int32Array()
});
function oldestPages(lists, list, count2) {
  const pages2 = new Int32Array(Math.min(count2, lists.length[list]));
  let block = lists.oldest[list] >> BLOCK_SHIFT;
  for (let i = 0; i < pages2.length; block = lists.younger[block]) {
    for (let at = block << BLOCK_SHIFT; at < block + 1 << BLOCK_SHIFT && i < pages2.length; at += 1) {
      if (lists.pfn[at] !== 0) pages2[i++] = lists.pfn[at];
    }
  }
  return pages2;
}
function youngestPages(lists, list, count2) {
  const pages2 = new Int32Array(Math.min(count2, lists.length[list]));
  let block = lists.end[list] - 1 >> BLOCK_SHIFT;
  for (let i = 0; i < pages2.length; block = lists.older[block]) {
    for (let at = (block << BLOCK_SHIFT) + OFFSET2; at >= block << BLOCK_SHIFT && i < pages2.length; at -= 1) {
      if (lists.pfn[at] !== 0) pages2[i++] = lists.pfn[at];
    }
  }
  return pages2;
}

// src/machine/list-strips.ts
var LONGEST_WALK = 65536;
function listStrips(mm, memcg, cells, most) {
  const strips = [];
  for (let node = 0; node < mm.nodes; node += 1) {
    for (let list = mm.lists - 1; list >= 0; list -= 1)
      strips.push(strip(mm, memcg.id, node, list, cells, most));
  }
  return strips;
}
function strip(mm, memcg, node, kind, cells, most) {
  const { lru } = mm;
  const list = listOf(mm, memcg, node, kind);
  const length = lru.length[list];
  const walked = Math.min(length, most);
  const count2 = Math.min(cells, walked);
  const young = Math.ceil(count2 / 2);
  const counted = walked === length ? inCells(mm, youngestPages(lru, list, length), count2) : [
    ...inCells(mm, youngestPages(lru, list, Math.ceil(walked / 2)), young),
    ...inCells(mm, oldestPages(lru, list, Math.floor(walked / 2)).reverse(), count2 - young)
  ];
  return {
    active: (kind & ACTIVE_LIST) !== 0,
    node,
    length: pages(length),
    cells: counted,
    skipped: pages(length - walked)
  };
}
function inCells(mm, pfns, count2) {
  const { flags, slot } = mm.frames;
  const { young } = mm.tables;
  const cells = [];
  for (let cell = 0, done2 = 0; cell < count2; cell += 1) {
    const end4 = Math.round((cell + 1) * pfns.length / count2);
    const counted = { pages: end4 - done2, referenced: 0, dirty: 0, anon: 0 };
    for (; done2 < end4; done2 += 1) {
      const pfn = pfns[done2];
      const flag = flags[pfn];
      if ((flag & (PG_REFERENCED | PG_YOUNG)) !== 0 || young[slot[pfn]] !== 0) counted.referenced += 1;
      if ((flag & PG_DIRTY) !== 0) counted.dirty += 1;
      if ((flag & PG_ANON) !== 0) counted.anon += 1;
    }
    cells.push(counted);
  }
  return cells;
}

// src/fs/cgroup-files.ts
var MAX_WRITE = 4096;
var tooLong = refuse("E2BIG", `more than ${MAX_WRITE - 1} bytes at once`);
var SOURCE = "kernel/cgroup.c of Linux 2.6.26";
var tasks = {
  name: "tasks",
  about: "the pids in the cgroup; a pid written moves that task here, 0 is the writer itself",
  kind: "lines",
  reads: "pids, one a line, ascending",
  writes: "one pid in decimal digits; 0 is the writer itself: the task `sh`",
  rule: "ESRCH for an unknown pid, EIO without a digit. What a task was charged for stays where it is.",
  initially: "empty; in the root: sh and the threads of the kernel, every memcontd too",
  source: SOURCE,
  example: "cat /tasks",
  snapshot: "open",
  read: ({ mm }, { id }) => {
    const pids = mm.tasks.filter((task) => task.memcg === id).map((task) => task.pid);
    return done(
      pids.sort((a, b) => a - b).map((pid) => `${pid}
`).join("")
    );
  },
  write: ({ mm }, { id }, data, writer) => {
    if (data.length >= MAX_WRITE) return tooLong;
    const pid = scanPid(data);
    if (pid === null) return refuse("EIO", "write one pid in decimal digits");
    const task = pid === 0 ? writer.task : mm.tasksByPid.get(pid);
    if (task === void 0) return refuse("ESRCH", `no task has the pid ${pid}`);
    if (pid !== 0 && writer.uid !== 0)
      return refuse("EACCES", `uid ${writer.uid} does not own the task ${pid}`);
    attachTask(mm, task, id);
    return OK;
  }
};
function scanPid(data) {
  const nul = data.indexOf(0);
  const text = String.fromCharCode(...data.subarray(0, nul < 0 ? data.length : nul));
  const match = /^[\t-\r \u00a0]*(-?)([0-9]+)/.exec(text);
  if (match === null) return null;
  const value = BigInt.asIntN(32, BigInt(match[2]));
  return Number(match[1] === "-" ? BigInt.asIntN(32, -value) : value);
}
var notifyOnRelease = {
  name: "notify_on_release",
  about: "1: the release agent is to be told when the cgroup is empty (kept, not acted upon)",
  kind: "count",
  reads: "0 or 1",
  writes: "a decimal number: 0, or any other for 1",
  rule: "Kept, and not acted upon.",
  initially: "the parent's",
  source: SOURCE,
  example: "write notify_on_release 1",
  read: (_fs, cgroup) => done(cgroup.notifyOnRelease ? "1\n" : "0\n"),
  write: (_fs, cgroup, data) => {
    if (data.length >= MAX_WRITE) return tooLong;
    cgroup.notifyOnRelease = /^0*[1-9]/.test(decodeText(data));
    return OK;
  }
};
var releaseAgent = {
  name: "release_agent",
  where: "root",
  about: "the program that is to be told of empty cgroups (kept, never run)",
  kind: "text",
  reads: "a path",
  writes: "a path",
  rule: "Kept, and never run. Only the root has it.",
  initially: "empty",
  source: SOURCE,
  example: "cat /release_agent",
  read: (fs) => done(`${fs.releaseAgent}
`),
  write: (fs, _cgroup, data) => {
    if (data.length >= MAX_WRITE) return tooLong;
    fs.releaseAgent = decodeText(data).replace(/[\t-\r ]+$/, "");
    return OK;
  }
};
var CGROUP_FILES = [tasks, notifyOnRelease, releaseAgent];

// src/kernel/histogram.ts
var SUB_BITS = 4;
var SUB = 1 << SUB_BITS;
var newHistogram = () => ({
  count: 0,
  total: TIME_0,
  max: TIME_0,
  first: 0,
  buckets: []
});
function record(histogram, value) {
  const bucket = bucketOf(value);
  const { buckets } = histogram;
  if (buckets.length === 0) histogram.first = bucket;
  for (; histogram.first > bucket; histogram.first -= 1) buckets.unshift(0);
  const at = bucket - histogram.first;
  while (buckets.length <= at) buckets.push(0);
  buckets[at] += 1;
  histogram.count += 1;
  histogram.total += value;
  if (value > histogram.max) histogram.max = value;
}
function percentile(histogram, share) {
  if (histogram.count === 0) return 0;
  const rank = Math.max(1, Math.ceil(share * histogram.count));
  let seen = 0;
  for (let at = 0; at < histogram.buckets.length; at += 1) {
    seen += histogram.buckets[at];
    if (seen >= rank) return Math.min(upperBound(histogram.first + at), histogram.max);
  }
  return histogram.max;
}
function bucketOf(value) {
  if (value < SUB) return Math.max(0, Math.floor(value));
  let exponent = 0;
  let scaled = value;
  while (scaled >= 2 * SUB) {
    scaled /= 2;
    exponent += 1;
  }
  return (exponent + 1) * SUB + Math.floor(scaled) - SUB;
}
function upperBound(bucket) {
  if (bucket < SUB) return bucket;
  const exponent = Math.floor(bucket / SUB) - 1;
  const sub = bucket % SUB + SUB;
  return (sub + 1) * 2 ** exponent - 1;
}

// src/mm/memcg-stat.ts
var newMemCgroupStat = (nodes) => ({
  cache: 0,
  rss: 0,
  pgpgin: 0,
  pgpgout: 0,
  refaults: 0,
  overHigh: 0,
  bgWakeups: 0,
  bgSleeps: 0,
  bgPasses: 0,
  bgZeroPasses: 0,
  bgScanned: 0,
  bgReclaimed: 0,
  bgPassesFrom: new Array(nodes).fill(0),
  bgCpu: TIME_0,
  directPasses: 0,
  directScanned: 0,
  directReclaimed: 0,
  writebackPages: 0,
  swapOut: 0,
  swapIn: 0,
  oomKills: 0,
  stalls: newHistogram()
});
function endStall(mm, task, memcg, since, charged) {
  const time = clock(mm.sched);
  record(memcg.stat.stalls, time - since);
  task.stallTime += time - since;
  mm.observer?.({
    type: "stall",
    time: ns(time),
    cgroup: memcg.path,
    pid: task.pid,
    duration: ns(time - since),
    charged
  });
}
var reclaimStatOf = ({ stat: stat4, rereadsUnknown }, bgState, bgCpu) => ({
  bg_state: bgState,
  bg_wakeups: stat4.bgWakeups,
  bg_passes: stat4.bgPasses,
  bg_scanned: stat4.bgScanned,
  bg_reclaimed: stat4.bgReclaimed,
  bg_cpu_ns: Math.round(bgCpu),
  direct_passes: stat4.directPasses,
  direct_scanned: stat4.directScanned,
  direct_reclaimed: stat4.directReclaimed,
  stall_count: stat4.stalls.count,
  stall_total_ns: Math.round(stat4.stalls.total),
  stall_p50_ns: Math.round(percentile(stat4.stalls, 0.5)),
  stall_p99_ns: Math.round(percentile(stat4.stalls, 0.99)),
  stall_max_ns: Math.round(stat4.stalls.max),
  refaults: rereadsUnknown ? null : stat4.refaults,
  writeback_pages: stat4.writebackPages,
  swap_out: stat4.swapOut,
  swap_in: stat4.swapIn,
  oom_kills: stat4.oomKills
});

// src/kernel/numbers.ts
var SIZE_UNITS = ["", "K", "M", "G", "T"];
var TIME_UNITS = [
  { name: "s", ns: 1e9 },
  { name: "ms", ns: 1e6 },
  { name: "us", ns: 1e3 },
  { name: "ns", ns: 1 }
];
var NANOSECOND = TIME_UNITS[3];
var THOUSANDS = /\B(?=(\d{3})+$)/g;
var count = (n) => `${typeof n === "bigint" ? n : Math.round(n)}`.replace(THOUSANDS, ",");
function sizeUnit(bytes2) {
  const size2 = BigInt(bytes2);
  if (size2 < 1n << 10n) return 0;
  if (size2 < 1n << 20n) return 1;
  if (size2 < 1n << 30n) return 2;
  return size2 < 1n << 40n ? 3 : 4;
}
function size(bytes2, unit = sizeUnit(bytes2)) {
  const whole = BigInt(bytes2);
  const scale = 1n << BigInt(unit * 10);
  const letter = SIZE_UNITS[unit];
  if (whole % scale === 0n) return `${count(whole / scale)}${letter}`;
  const value = Number(whole) / Number(scale);
  if (value < 0.05) return size(whole);
  if (value * 10 % 1 === 0) return `${fixed(value, 1)}${letter}`;
  return `${fixed(value, value < 9.995 ? 2 : 1)}${letter}`;
}
function exactSize(bytes2) {
  if (bytes2 === LLONG_MAX) return "unset";
  for (const unit of [3n, 2n, 1n]) {
    const scale = 1n << 10n * unit;
    if (bytes2 !== 0n && bytes2 % scale === 0n) return `${bytes2 / scale}${SIZE_UNITS[Number(unit)]}`;
  }
  return `${bytes2}`;
}
function fixed(value, decimals) {
  const [whole = "", fraction] = value.toFixed(decimals).split(".");
  return fraction === void 0 ? count(BigInt(whole)) : `${count(BigInt(whole))}.${fraction}`;
}
function percent(fraction, gap = " ") {
  const sign = fraction < 0 ? "-" : "";
  const value = Math.abs(fraction) * 100;
  const text = value > 0 && value < 0.05 ? "<0.1" : value < 100 && value >= 99.5 ? fixed(Math.min(99.9, value), 1) : value < 9.95 ? `${Number(value.toFixed(1))}` : count(Math.round(value));
  return `${sign}${text}${gap}%`;
}

// src/linux-2.6.26/res-counter.ts
var BELOW_LOW = 0;
var BELOW_HIGH = 1;
var BELOW_LIMIT = 2;
var OVER_LIMIT = 3;
function newResCounter() {
  return {
    usage: pages(0),
    maxUsage: pages(0),
    limitPages: UNSET_PAGES,
    highPages: UNSET_PAGES,
    lowPages: UNSET_PAGES,
    failcnt: 0,
    limit: LLONG_MAX,
    high: LLONG_MAX,
    low: LLONG_MAX
  };
}
var PAGE_COUNTER_MAX = bytes(9223372036854771712n);
function wholePages(mark4) {
  const whole = mark4 >> BigInt(PAGE_SHIFT);
  return whole > BigInt(UNSET_PAGES) ? UNSET_PAGES : pages(Number(whole));
}
function resCounterState(counter, neverOverLimit) {
  const { usage: usage4 } = counter;
  if (usage4 <= counter.lowPages) return BELOW_LOW;
  if (usage4 <= counter.highPages) return BELOW_HIGH;
  if (usage4 <= counter.limitPages || neverOverLimit) return BELOW_LIMIT;
  return OVER_LIMIT;
}
function setMark(counter, mark4, value, wmarks) {
  const broken = wmarks ? brokenRule(counter, mark4, value) : null;
  if (broken !== null) return refuse("EINVAL", broken);
  if (mark4 === "limit") {
    counter.limit = value;
    counter.limitPages = wholePages(value);
  } else if (mark4 === "high") {
    counter.high = value;
    counter.highPages = wholePages(value);
  } else {
    counter.low = value;
    counter.lowPages = wholePages(value);
  }
  return null;
}
function brokenRule(counter, mark4, value) {
  const { limit: limit3, high: high4, low: low3 } = counter;
  const is = exactSize(value);
  if (mark4 === "limit" && high4 > value) {
    return `${is} is below high_wmark_in_bytes (${exactSize(high4)}): lower low, then high, then the limit`;
  }
  if (mark4 === "high" && value < low3) {
    return `${is} is below low_wmark_in_bytes (${exactSize(low3)}): lower low_wmark_in_bytes first`;
  }
  if (mark4 === "high" && value > limit3) {
    return `${is} is above limit_in_bytes (${exactSize(limit3)}): raise the limit first`;
  }
  if (mark4 === "low" && value > high4) {
    return `${is} is above high_wmark_in_bytes (${exactSize(high4)}): raise high_wmark_in_bytes first`;
  }
  return null;
}

// src/mm/nap.ts
function takeNap(mm, task, time) {
  task.pass.napping = true;
  task.pass.napSince = clock(mm.sched);
  congestionWait(mm, task, time);
}
function endNap(mm, task, cgroup) {
  const { pass, pid } = task;
  finishWait(mm.congestion, task);
  pass.napping = false;
  const time = clock(mm.sched);
  mm.observer?.({ type: "nap", time: ns(time), cgroup, pid, duration: ns(time - pass.napSince) });
}

// src/linux-2.6.26/numa.ts
function startNode(mm, task, memcg, background) {
  if (!background || mm.nodes === 1) return task.node;
  let best = task.node;
  let bestRatio = -1;
  for (let node = 0; node < mm.nodes; node += 1) {
    const active = listLength(mm, memcg.id, node, 1);
    const inactive = listLength(mm, memcg.id, node, 0);
    if (active + inactive < Math.floor(memcg.res.usage * 3 / (4 * mm.nodes))) continue;
    const ratio = Math.floor(inactive * 100 / (active + 1));
    if (ratio <= bestRatio) continue;
    best = node;
    if (!mm.own.errata.bestNodeForgotten) bestRatio = ratio;
  }
  return best;
}
function nodesFrom(mm, first) {
  return ZONE_LISTS[mm.nodes - 1][first];
}
var ZONE_LISTS = Array.from(
  { length: 16 },
  (_, last) => Array.from(
    { length: last + 1 },
    (_unused, first) => Array.from({ length: last + 1 }, (_again, i) => (first + i) % (last + 1))
  )
);

// src/linux-2.6.26/memcontrol.ts
var memCgroupCreate = (mm, path, parent) => addMemcg(mm, (id, order) => ({
  id,
  res: newResCounter(),
  stat: newMemCgroupStat(mm.nodes),
  daemon: null,
  daemonWaits: false,
  policy: mm.kernel.rule.newState?.(parent) ?? null,
  prevPriority: 12,
  path,
  rereadsUnknown: false,
  nrTasks: 0,
  zeroPasses: 0,
  stuckPasses: 0,
  stuckUsage: 0,
  warnedUsage: 0,
  leakedRefs: 0,
  order
}));
function chargeFrame(mm, memcg, pfn) {
  const { res, stat: stat4 } = memcg;
  const fell = res.usage >= res.limitPages;
  if (!fell) res.usage = pages(res.usage + 1);
  if (res.usage > res.maxUsage) res.maxUsage = res.usage;
  mm.frames.memcg[pfn] = memcg.id;
  stat4.pgpgin += 1;
  if (isCache(mm.frames.flags[pfn])) stat4.cache += 1;
  else stat4.rss += 1;
  addToList(mm, pfn);
  if (fell || res.usage > res.highPages) scheduleReclaim(mm, memcg);
}
function chargeRun(mm, memcg, count2, each) {
  const { res, stat: stat4 } = memcg;
  const before3 = res.usage;
  const began = mm.sched.cost;
  const above = Math.min(count2, before3 + count2 - res.highPages);
  stat4.pgpgin += count2;
  stat4.cache += count2;
  res.usage = pages(before3 + count2);
  if (res.usage > res.maxUsage) res.maxUsage = res.usage;
  if (above > 0) {
    mm.sched.cost = began + (count2 - above + 1) * each;
    scheduleReclaim(mm, memcg, pages(before3 + count2 - above + 1), above);
  }
  mm.sched.cost = began + count2 * each;
}
function scheduleReclaim(mm, memcg, usage4 = memcg.res.usage, count2 = 1) {
  memcg.stat.overHigh += count2;
  if (mm.kernel.rule.heeds !== void 0 && !mm.kernel.rule.heeds(mm, memcg, usage4, count2)) return;
  wakeReclaimer(mm, memcg, usage4);
}
function wakeReclaimer(mm, memcg, usage4) {
  const { daemon } = memcg;
  if (daemon === null || !memcg.daemonWaits) return;
  memcg.stat.bgWakeups += 1;
  memcg.daemonWaits = false;
  wakeUp(mm.sched, daemon);
  mm.observer?.({
    type: "wake",
    time: ns(clock(mm.sched)),
    cgroup: memcg.path,
    pid: daemon.pid,
    usage: usage4
  });
}
function uncharge(mm, pfn) {
  removeFromList(mm, pfn);
  unaccount(mm, pfn);
}
function unaccount(mm, pfn) {
  const memcg = memcgOf(mm, mm.frames.memcg[pfn]);
  if (memcg.id !== 0) unchargeCounter(mm, memcg, 1);
  memcg.stat.pgpgout += 1;
  if (isCache(mm.frames.flags[pfn])) memcg.stat.cache -= 1;
  else memcg.stat.rss -= 1;
}
function unaccountRun(mm, id, count2) {
  const memcg = memcgOf(mm, id);
  if (id !== 0) unchargeCounter(mm, memcg, count2);
  memcg.stat.pgpgout += count2;
  memcg.stat.cache -= count2;
}
function unchargeCounter(mm, { res, path }, count2) {
  const missing = count2 - res.usage;
  res.usage = pages(Math.max(0, -missing));
  for (let i = 0; i < missing; i += 1) {
    mm.observer?.({
      type: "warning",
      time: ns(clock(mm.sched)),
      cgroup: path,
      text: `a page of ${path} that was never charged is freed (the erratum charge-fallthrough)`,
      floor: pages(0)
    });
  }
}
function dropAccounting(mm, memcg) {
  for (let node = 0; node < mm.nodes; node += 1) {
    for (let active = 1; active >= 0; active -= 1) dropList(mm, listOf(mm, memcg.id, node, active));
  }
}
function dropList(mm, list) {
  const { frames, core } = mm;
  const { cluster } = core;
  const nobody = memcgOf(mm, 0);
  for (let taken = 1; taken > 0; ) {
    taken = core.takeOldest(list, SWAP_CLUSTER_MAX, 0);
    for (let i = 0; i < taken; i += 1) {
      const pfn = cluster[i];
      unaccount(mm, pfn);
      frames.memcg[pfn] = nobody.id;
      if (isCache(frames.flags[pfn])) nobody.stat.cache += 1;
      else nobody.stat.rss += 1;
      addToList(mm, pfn);
    }
  }
}

// src/mm/writeback.ts
var WRITEBACK_INTERVAL = 5 * SECOND;
var EXPIRE_INTERVAL = 30 * SECOND;
var FLUSH_BATCH = 64;
function startWriteback(mm, slot, pfn) {
  clearPageDirty(mm, slot, pfn);
  mm.frames.flags[pfn] |= PG_WRITEBACK;
  mm.nrWriteback += 1;
  const memcg = mm.memcgs[mm.frames.memcg[pfn]];
  if (memcg !== null) memcg.stat.writebackPages += 1;
  mm.sched.cost += mm.costs.pageout;
  submit(mm, DISK_WRITE, slot, 1);
}
function writeSome(mm, mapping, most) {
  const { chunkDirty, slots } = mm.tables;
  let written = 0;
  const chunks = mapping.directory.length;
  let at = Math.floor(mapping.writebackPage / SLOTS_PER_CHUNK);
  let offset = mapping.writebackPage % SLOTS_PER_CHUNK;
  for (let visited = 0; visited <= chunks && written < most && mapping.nrDirty > 0; visited += 1) {
    if (at >= chunks) {
      at = 0;
      offset = 0;
    }
    const chunk = mapping.directory[at];
    if (chunk >= 0 && chunkDirty[chunk] > 0) {
      for (; offset < SLOTS_PER_CHUNK && written < most; offset += 1) {
        const slot = chunk * SLOTS_PER_CHUNK + offset;
        const pfn = slots[slot];
        if (pfn > 0 && (mm.frames.flags[pfn] & (PG_DIRTY | PG_WRITEBACK)) === PG_DIRTY) {
          startWriteback(mm, slot, pfn);
          written += 1;
        }
      }
      if (offset < SLOTS_PER_CHUNK) break;
    }
    at += 1;
    offset = 0;
  }
  mapping.writebackPage = at * SLOTS_PER_CHUNK + offset;
  return written;
}
function flushSome(mm, thread, background, nap2) {
  finishWait(mm.congestion, thread);
  const mapping = nextToWrite(mm, background);
  if (mapping === null) return flusherSleeps(mm, thread);
  if (isCongested(mm.devices[DISK_WRITE])) {
    congestionWait(mm, thread, nap2);
    return BLOCK;
  }
  const written = writeSome(mm, mapping, FLUSH_BATCH);
  mm.flushRequest = Math.max(0, mm.flushRequest - written);
  if (written > 0) return MAY_PREEMPT;
  congestionWait(mm, thread, nap2);
  return BLOCK;
}
function nextToWrite(mm, background) {
  if (mm.dirtyMappings.length === 0) {
    mm.flushRequest = 0;
    return null;
  }
  const mapping = mm.mappings[mm.dirtyMappings[0]];
  if (mapping === null || mapping === void 0) return null;
  const asked = mm.flushRequest > 0 || mm.nrDirty > background();
  return asked || mapping.dirtiedWhen + EXPIRE_INTERVAL <= clock(mm.sched) ? mapping : null;
}
function flusherSleeps(mm, thread) {
  const now = clock(mm.sched);
  const tick = (Math.floor(now / WRITEBACK_INTERVAL) + 1) * WRITEBACK_INTERVAL;
  sleepOn(mm.sched, thread, INTERRUPTIBLE, mm.dirtyMappings.length > 0 ? tick : null);
  return BLOCK;
}

// src/linux-2.6.26/page-writeback.ts
var BACKGROUND_RATIO = 5;
var DIRTY_RATIO = 10;
var NAP = 100 * MILLISECOND;
var MAX_RATELIMIT = 1024;
var RATELIMIT_EXCEEDED = 8;
var backgroundThreshold = (mm) => Math.floor(mm.nrPages * BACKGROUND_RATIO / 100);
var dirtyThreshold = (mm) => Math.floor(mm.nrPages * DIRTY_RATIO / 100);
function deviceThreshold(mm) {
  const period = proportionPeriod(mm);
  const share = mm.own.writeout.events / (period + mm.own.writeout.total % period);
  return Math.floor(dirtyThreshold(mm) * Math.min(1, share));
}
var proportionPeriod = (mm) => 2 << 31 - Math.clz32(Math.max(2, dirtyThreshold(mm) - 1));
function countWriteout(mm, count2) {
  const { writeout } = mm.own;
  const period = proportionPeriod(mm);
  for (let i = 0; i < count2; i += 1) {
    writeout.total += 1;
    writeout.events += 1;
    if (writeout.total % period === 0) writeout.events = Math.floor(writeout.events / 2);
  }
}
function pageout(mm, task, pfn) {
  if (task.kind !== "reclaimer" && isCongested(mm.devices[DISK_WRITE])) return;
  startWriteback(mm, mm.frames.slot[pfn], pfn);
}
var ratelimitPages = (mm) => Math.min(MAX_RATELIMIT, Math.max(16, Math.floor(mm.nrPages / (32 * mm.sched.cpus.length))));
function ratelimited(mm, count2) {
  mm.own.dirtied += count2;
  if (mm.own.dirtied < (mm.own.dirtyExceeded ? RATELIMIT_EXCEEDED : ratelimitPages(mm))) return false;
  mm.own.dirtied = 0;
  return true;
}
function writeChunk(mm) {
  const usual = ratelimitPages(mm);
  return usual + Math.floor(usual / 2);
}
function balanceDirtyPages(mm, task) {
  finishWait(mm.congestion, task);
  const chunk = writeChunk(mm);
  mm.own.dirtyExceeded = overDeviceLimit(mm);
  while (mm.own.dirtyExceeded && task.pagesWritten < chunk) {
    if (isFull2(mm.devices[DISK_WRITE])) return nap(mm, task);
    const mapping = mm.mappings[mm.dirtyMappings[0] ?? -1];
    if (mapping === null || mapping === void 0) return nap(mm, task);
    const written = writeSome(mm, mapping, Math.min(FLUSH_BATCH, chunk - task.pagesWritten));
    if (written === 0) return nap(mm, task);
    task.pagesWritten += written;
    mm.own.dirtyExceeded = overDeviceLimit(mm);
  }
  task.pagesWritten = 0;
  if (mm.nrDirty > backgroundThreshold(mm) && mm.flusher !== null) wakeUp(mm.sched, mm.flusher);
  return DONE;
}
var overDeviceLimit = (mm) => mm.nrDirty + mm.nrWriteback > deviceThreshold(mm);
function nap(mm, task) {
  congestionWait(mm, task, NAP);
  return SUSPENDED;
}
var pdflushStep = (mm, thread) => flushSome(mm, thread, () => backgroundThreshold(mm), NAP);

// src/linux-2.6.26/shrink-list.ts
function shrinkActiveList(mm, memcg, node, count2, reclaimMapped) {
  const list = listOf(mm, memcg, node, 1);
  const taken = mm.core.shrinkActive(list, count2, reclaimMapped ? 1 : 0, mm.swap.size > 0 ? 1 : 0);
  mm.sched.cost += taken * mm.costs.scan;
  return taken;
}
var isHeld = (mm, { stat: stat4 }) => mm.swap.size === 0 && stat4.cache === 0;
function turnActiveList(mm, memcg, node, count2) {
  mm.core.rotate(listOf(mm, memcg, node, 1), count2);
  for (let left2 = count2; left2 > 0; left2 -= SWAP_CLUSTER_MAX) {
    mm.sched.cost += Math.min(left2, SWAP_CLUSTER_MAX) * mm.costs.scan;
  }
  return count2;
}
function shrinkInactiveList(mm, task, memcg, node, count2) {
  const { pass } = task;
  const list = listOf(mm, memcg, node, 0);
  let seen = 0;
  do {
    const taken = mm.core.isolateInactive(list);
    if (mm.core.freePlain(taken, evictedFrom(memcg), mm.sched.now) !== 0)
      plainFreed(mm, pass, memcg, node, taken);
    else shrinkPageList(mm, task, pass, taken);
    pass.looked += taken;
    seen += taken;
    if (taken === 0) return;
  } while (seen < count2);
}
function plainFreed(mm, pass, memcg, node, count2) {
  mm.nrFree[node] += count2;
  mm.freePages += count2;
  unaccountRun(mm, memcg, count2);
  pass.scanned += count2;
  pass.reclaimed += count2;
  mm.sched.cost += count2 * (mm.costs.scan + mm.costs.free);
}
function shrinkPageList(mm, task, pass, taken) {
  const { frames } = mm;
  const { cluster } = mm.core;
  const { flags } = frames;
  let freed = 0;
  for (let i = 0; i < taken; i += 1) {
    const pfn = cluster[i];
    if ((flags[pfn] & NOT_PLAIN) === 0) {
      pass.scanned += 1;
      leaveShadow(mm, frames.slot[pfn], frames.memcg[pfn], mm.sched.now);
    } else if (!shrinkPage(mm, task, pass, pfn)) {
      continue;
    }
    unaccount(mm, pfn);
    freeFrame(mm, pfn);
    freed += 1;
  }
  pass.reclaimed += freed;
  mm.sched.cost += taken * mm.costs.scan + freed * mm.costs.free;
}
function shrinkPage(mm, task, pass, pfn) {
  const { flags, slot } = mm.frames;
  const page = flags[pfn];
  if ((page & PG_LOCKED) !== 0) return keep(mm, pfn);
  const inUse = (page & (PG_MAPPED | PG_ANON)) !== 0;
  pass.scanned += inUse ? 2 : 1;
  if ((page & PG_WRITEBACK) !== 0) return keep(mm, pfn);
  const referenced = mm.core.testAndClearReferenced(pfn) !== 0;
  if (referenced && inUse) return activate(mm, pfn);
  if ((page & PG_ANON) !== 0) {
    const entry = addToSwap(mm);
    if (entry === 0) return activate(mm, pfn);
    mm.sched.cost += mm.costs.unmap + mm.costs.pageout;
    swapOut(mm, pfn, entry);
    return false;
  }
  if ((page & PG_MAPPED) !== 0) {
    mm.sched.cost += mm.costs.unmap;
    flags[pfn] &= ~PG_MAPPED;
  }
  if ((page & PG_DIRTY) !== 0) {
    if (!referenced) pageout(mm, task, pfn);
    return keep(mm, pfn);
  }
  leaveShadow(mm, slot[pfn], mm.frames.memcg[pfn], mm.sched.now);
  return true;
}
function keep(mm, pfn) {
  addToList(mm, pfn);
  return false;
}
function activate(mm, pfn) {
  mm.frames.flags[pfn] |= PG_ACTIVE;
  addToList(mm, pfn);
  return false;
}
function swapOut(mm, pfn, entry) {
  const { frames } = mm;
  const memcg = memcgOf(mm, frames.memcg[pfn]);
  memcg.stat.swapOut += 1;
  memcg.stat.writebackPages += 1;
  unaccount(mm, pfn);
  writeToSwap(mm, pfn, entry);
}

// src/linux-2.6.26/vmscan.ts
var DEF_PRIORITY = 12;
var SWAPPINESS = 60;
var NAP2 = 100 * MILLISECOND;
var BREATH = 4096;
var newPass = () => ({
  active: false,
  background: false,
  memcg: 0,
  priority: 0,
  napping: false,
  napSince: TIME_0,
  node: 0,
  reclaimed: 0,
  scanned: 0,
  totalScanned: 0,
  looked: 0,
  patient: true
});
function beginPass(mm, task, memcg, background) {
  const { pass } = task;
  pass.active = true;
  pass.background = background;
  pass.memcg = memcg.id;
  pass.priority = DEF_PRIORITY;
  pass.napping = false;
  pass.node = startNode(mm, task, memcg, background);
  pass.reclaimed = 0;
  pass.scanned = 0;
  pass.totalScanned = 0;
  pass.looked = 0;
  pass.patient = true;
}
function continuePass(mm, task) {
  const { pass } = task;
  const memcg = mm.memcgs[pass.memcg];
  if (memcg === null || memcg === void 0) {
    dropPass(mm, task);
    return 0;
  }
  if (pass.napping) {
    endNap(mm, task, memcg.path);
    pass.priority -= 1;
  }
  const breath = pass.looked + BREATH;
  while (pass.priority >= 0) {
    if (pass.looked >= breath) return -1;
    pass.scanned = 0;
    shrinkZones(mm, task, memcg, pass);
    pass.totalScanned += pass.scanned;
    if (pass.reclaimed >= SWAP_CLUSTER_MAX) return endPass(mm, task, memcg, pass.reclaimed);
    if (pass.totalScanned > SWAP_CLUSTER_MAX + SWAP_CLUSTER_MAX / 2) wakeupFlusher(mm, pass.totalScanned);
    const naps = pass.patient || mm.nrWriteback > 0;
    if (naps && pass.scanned > 0 && pass.priority < DEF_PRIORITY - 2) {
      takeNap(mm, task, NAP2);
      return -1;
    }
    pass.priority -= 1;
  }
  return endPass(mm, task, memcg, 0);
}
function shrinkZones(mm, task, memcg, pass) {
  mm.sched.cost += mm.costs.priority;
  if (pass.priority < memcg.prevPriority) memcg.prevPriority = pass.priority;
  for (const node of nodesFrom(mm, pass.node)) shrinkZone(mm, task, memcg, pass, node);
}
function shrinkZone(mm, task, memcg, pass, node) {
  let nrActive = listLength(mm, memcg.id, node, 1) >>> pass.priority;
  let nrInactive = listLength(mm, memcg.id, node, 0) >>> pass.priority;
  if (nrInactive === 0 && isHeld(mm, memcg)) {
    pass.looked += turnActiveList(mm, memcg.id, node, nrActive);
    return;
  }
  while (nrActive > 0 || nrInactive > 0) {
    if (nrActive > 0) {
      const count2 = Math.min(nrActive, SWAP_CLUSTER_MAX);
      nrActive -= count2;
      const reclaimMapped = calcReclaimMapped(mm, memcg, pass.priority);
      pass.looked += shrinkActiveList(mm, memcg.id, node, count2, reclaimMapped);
    }
    if (nrInactive > 0) {
      const count2 = Math.min(nrInactive, SWAP_CLUSTER_MAX);
      nrInactive -= count2;
      shrinkInactiveList(mm, task, memcg.id, node, count2);
    }
  }
}
function calcReclaimMapped(mm, memcg, priority) {
  const distress = 100 >> Math.min(memcg.prevPriority, priority);
  const mappedRatio = Math.floor(memcg.stat.rss * 100 / (memcg.res.usage + 1));
  const active = lruPages(mm, memcg.id, 1);
  const inactive = lruPages(mm, memcg.id, 0);
  const ratio = Math.floor(active / (inactive + 1));
  const imbalance = Math.floor(Math.floor(ratio * (SWAPPINESS + 1) / 100) * mappedRatio / 100);
  return Math.floor(mappedRatio / 2) + distress + SWAPPINESS + imbalance >= 100;
}
function endPass(mm, task, memcg, reclaimed) {
  const { pass } = task;
  const { stat: stat4 } = memcg;
  pass.active = false;
  memcg.prevPriority = Math.max(pass.priority, 0);
  if (pass.background) {
    stat4.bgPasses += 1;
    stat4.bgPassesFrom[pass.node] += 1;
    stat4.bgScanned += pass.looked;
    stat4.bgReclaimed += pass.reclaimed;
    if (reclaimed === 0) stat4.bgZeroPasses += 1;
  } else {
    stat4.directPasses += 1;
    stat4.directScanned += pass.looked;
    stat4.directReclaimed += pass.reclaimed;
  }
  mm.observer?.({
    type: "pass",
    time: ns(clock(mm.sched)),
    cgroup: memcg.path,
    by: task.pid,
    background: pass.background,
    node: pass.node,
    priority: Math.max(pass.priority, 0),
    scanned: pages(pass.looked),
    reclaimed: pages(pass.reclaimed)
  });
  return reclaimed;
}
function dropPass(mm, task) {
  if (task.pass.napping) finishWait(mm.congestion, task);
  task.pass.active = false;
  task.pass.napping = false;
}

// src/linux-2.6.26/memcontd.ts
var TOP = 0;
var ASLEEP = 1;
var IN_PASS = 2;
var SPINNING_PASSES = 10;
function memcontdStep(mm, thread) {
  const memcg = memcgOf(mm, thread.reclaims);
  if (thread.phase === IN_PASS) return goOnWithPass(mm, thread, memcg);
  if (thread.phase === ASLEEP) {
    memcg.daemonWaits = false;
    thread.phase = TOP;
    memcg.stat.bgSleeps += 1;
  }
  if (thread.shouldStop) return EXIT;
  mm.sched.cost += mm.costs.syscall;
  if (resCounterState(memcg.res, mm.own.errata.stateNeverOverLimit) === BELOW_LOW) {
    return goToSleep(mm, thread, memcg);
  }
  beginPass(mm, thread, memcg, true);
  return goOnWithPass(mm, thread, memcg);
}
function goToSleep(mm, thread, memcg) {
  memcg.daemonWaits = true;
  thread.phase = ASLEEP;
  memcg.zeroPasses = 0;
  memcg.warnedUsage = 0;
  sleepOn(mm.sched, thread, INTERRUPTIBLE);
  mm.observer?.({
    type: "sleep",
    time: ns(clock(mm.sched)),
    cgroup: memcg.path,
    pid: thread.pid,
    usage: memcg.res.usage
  });
  return BLOCK;
}
function goOnWithPass(mm, thread, memcg) {
  thread.phase = IN_PASS;
  const reclaimed = continuePass(mm, thread);
  if (reclaimed < 0) return thread.state === RUNNING ? MAY_PREEMPT : BLOCK;
  thread.phase = TOP;
  watchForSpinning(mm, memcg, reclaimed);
  return YIELD;
}
function watchForSpinning(mm, memcg, reclaimed) {
  const { usage: usage4 } = memcg.res;
  memcg.zeroPasses = reclaimed > 0 ? 0 : memcg.zeroPasses + 1;
  memcg.stuckPasses = reclaimed > 0 || usage4 !== memcg.stuckUsage ? 0 : memcg.stuckPasses + 1;
  memcg.stuckUsage = usage4;
  if (memcg.stuckPasses < SPINNING_PASSES || usage4 <= memcg.warnedUsage) return;
  memcg.warnedUsage = usage4;
  mm.observer?.({
    type: "warning",
    time: ns(clock(mm.sched)),
    cgroup: memcg.path,
    floor: usage4,
    text: `memory.low_wmark_in_bytes (${exactSize(memcg.res.low)}) can't be reached: ${SPINNING_PASSES} passes in a row freed nothing, and memcontd burns CPU: set it to ${bytesOf(usage4)} (${exactSize(bytesOf(usage4))}) or more`
  });
}

// src/kernel/memparse.ts
var U64 = (1n << 64n) - 1n;
var SUFFIX_SHIFT = { k: 10n, K: 10n, m: 20n, M: 20n, g: 30n, G: 30n };
var isSpace = (byte) => byte === 32 || byte >= 9 && byte <= 13 || byte === 160;
function parseWrittenSize(data) {
  const nul = data.indexOf(0);
  let end4 = nul < 0 ? data.length : nul;
  while (end4 > 0 && isSpace(data[end4 - 1])) end4 -= 1;
  const { value, length } = parseUnsigned(data, end4);
  const suffix = length < end4 ? SUFFIX_SHIFT[String.fromCharCode(data[length])] : void 0;
  if (length + (suffix === void 0 ? 0 : 1) !== end4) return null;
  return roundUpToPage(value << (suffix ?? 0n) & U64);
}
function parsePageCounter(data, max4) {
  const text = strip2(data);
  if (decodeText(text) === max4) return bytes(PAGE_COUNTER_BYTES);
  const { value, length } = parseUnsigned(text, text.length);
  const suffix = length < text.length ? "kmgtpe".indexOf(String.fromCharCode(text[length] | 32)) : -1;
  if (length + (suffix < 0 ? 0 : 1) !== text.length) return null;
  const size2 = value << BigInt(10 * (suffix + 1)) & U64;
  const down = size2 >> BigInt(PAGE_SHIFT) << BigInt(PAGE_SHIFT);
  return bytes(down < PAGE_COUNTER_BYTES ? down : PAGE_COUNTER_BYTES);
}
var PAGE_COUNTER_BYTES = 9223372036854771712n;
function kstrtoint(data) {
  const text = strip2(data);
  const negative = text[0] === 45;
  const digits = negative || text[0] === 43 ? text.subarray(1) : text;
  const { value, length, overflow } = parseUnsigned(digits, digits.length);
  if (overflow) return "ERANGE";
  if (digits.length === 0 || length !== digits.length) return "EINVAL";
  if (value > INT_MAX) return "ERANGE";
  return negative ? -Number(value) : Number(value);
}
function parseInteger(data) {
  const value = kstrtoint(data);
  return typeof value === "number" ? value : null;
}
var INT_MAX = (1n << 31n) - 1n;
var strippedText = (data) => decodeText(strip2(data));
function strip2(data) {
  const nul = data.indexOf(0);
  let begin4 = 0;
  let end4 = nul < 0 ? data.length : nul;
  while (end4 > 0 && isSpace(data[end4 - 1])) end4 -= 1;
  while (begin4 < end4 && isSpace(data[begin4])) begin4 += 1;
  return data.subarray(begin4, end4);
}
function parseUnsigned(data, end4) {
  let base = 10;
  let at = 0;
  if (end4 > 0 && data[0] === 48) {
    base = 8;
    at = 1;
    if (end4 > 2 && (data[1] | 32) === 120 && digit(data[2]) < 16) {
      base = 16;
      at = 2;
    }
  }
  let value = 0n;
  let overflow = false;
  while (at < end4 && digit(data[at]) < base) {
    const whole = value * BigInt(base) + BigInt(digit(data[at]));
    value = whole & U64;
    overflow ||= whole > U64;
    at += 1;
  }
  return { value, length: at, overflow };
}
function digit(byte) {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 32;
  return lower >= 97 && lower <= 102 ? lower - 97 + 10 : 99;
}
function roundUpToPage(value) {
  const up = value + BigInt(PAGE_SIZE - 1) & U64;
  return bytes(up >> BigInt(PAGE_SHIFT) << BigInt(PAGE_SHIFT));
}

// src/linux-2.6.26/force-empty.ts
function mayForceEmpty(mm, memcg) {
  if (memcg.nrTasks === 0 || memcg.path === "/") return null;
  if (mm.own.errata.forceEmptyRefLeak) memcg.leakedRefs += 1;
  return refuse("EBUSY", `${memcg.nrTasks} task(s) are in ${memcg.path}: move or kill them first`);
}
function forceEmpty(mm, task, memcg) {
  while (!mm.own.errata.forceEmptyInverted && (memcg.res.usage > 0 || task.pass.active)) {
    if (!task.pass.active) beginPass(mm, task, memcg, false);
    const reclaimed = continuePass(mm, task);
    if (reclaimed < 0) return SUSPENDED;
    if (reclaimed === 0) break;
  }
  dropAccounting(mm, memcg);
  return DONE;
}

// src/linux-2.6.26/daemon.ts
function startDaemon(mm, memcg, name) {
  if (memcg.daemon !== null || !mm.own.reclaimd) return;
  memcg.daemon = kthreadRun(mm, "reclaimer", name, memcg.id);
  memcg.daemonWaits = false;
  memcg.zeroPasses = 0;
  memcg.stuckPasses = 0;
  memcg.warnedUsage = 0;
  tell(mm, "start", memcg, memcg.daemon);
}
function daemonExited(mm, memcg, thread) {
  memcg.stat.bgCpu += thread.sumExec;
  memcg.daemon = null;
  memcg.daemonWaits = false;
  tell(mm, "stop", memcg, thread);
}
function tell(mm, type2, { path: cgroup }, { pid }) {
  const event = { type: type2, time: ns(clock(mm.sched)), cgroup, pid };
  mm.observer?.(event);
}

// src/linux-2.6.26/policy/policy.ts
var knob = (name, value) => ({
  file: `memory.${name}`,
  value: `${value}`
});
var sizeKnob = (name, count2) => knob(name, bytesOf(count2));
var limitKnob = ({ limit: limit3 }) => sizeKnob("limit_in_bytes", limit3);
function stateOf({ policy, path }, rule) {
  if (!isOf(policy, rule)) throw new Error(`the rule of ${path} is not ${rule}`);
  return policy;
}
var isOf = (state, rule) => state?.rule === rule;
function placeMarks(mm, memcg) {
  const { rule } = mm.kernel;
  if (rule.marks === void 0) return;
  const { res } = memcg;
  const marks = rule.marks(memcg);
  res.highPages = marks?.start ?? UNSET_PAGES;
  res.lowPages = marks?.stop ?? UNSET_PAGES;
  const name = rule.thread?.(memcg) ?? null;
  if (name !== null) startDaemon(mm, memcg, name);
  rule.marked?.(mm, memcg);
}
var reclaimerStep = (mm, thread) => mm.kernel.rule.step?.(mm, thread, memcgOf(mm, thread.reclaims)) ?? EXIT;

// src/linux-2.6.26/files/memory-files.ts
var BASE = "Linux 2.6.26";
var SERIES = 'the series "memcg: background reclaim (v1)" of May 2008';
var SIZE = "a size: decimal, octal (0...) or hexadecimal (0x...) digits and one suffix k, M or G at most; rounded up to whole pages of 4096 bytes";
var MARK_ORDER = "low <= high <= limit after every write, equal allowed; a write that would break this answers EINVAL and changes nothing. To tighten: low, then high, then limit. To loosen: limit, high, low. `memcg set` finds the order.";
var unsetBut = (booted) => `9223372036854775807, which is unset (and no multiple of a page: it can not be written back); /default is booted with ${booted}`;
var usage = {
  name: "memory.usage_in_bytes",
  about: "the memory that is charged to the cgroup now",
  kind: "bytes",
  reads: "bytes, a multiple of 4096",
  rule: "A page is charged to the cgroup of the task that touches it first, and uncharged when it is freed, truncated or reclaimed. It stays behind when the task moves.",
  initially: "0",
  source: `kernel/res_counter.c and mm/memcontrol.c of ${BASE}`,
  example: "cat -h usage_in_bytes",
  read: (_fs, { memcg }) => done(`${bytesOf(memcg.res.usage)}
`)
};
var maxUsage = {
  name: "memory.max_usage_in_bytes",
  about: "the highest usage so far; any write sets it to the usage of now",
  kind: "bytes",
  writes: "anything, nothing too: sets it to the usage of now",
  rule: "Rises with the usage and never falls by itself.",
  initially: "0",
  source: `kernel/res_counter.c of ${BASE}`,
  example: "write max_usage_in_bytes 0",
  read: (_fs, { memcg }) => done(`${bytesOf(memcg.res.maxUsage)}
`),
  write: (_fs, { memcg }) => {
    memcg.res.maxUsage = memcg.res.usage;
    return OK;
  }
};
function writeMark(mm, memcg, mark4, data) {
  const value = parseWrittenSize(data);
  if (value === null) return refuse("EINVAL", SIZE_RULE);
  const refused = setMark(memcg.res, mark4, value, mm.own.wmarks);
  if (refused === null) placeMarks(mm, memcg);
  return refused ?? OK;
}
var SIZE_RULE = "a size is decimal, octal (0...) or hexadecimal (0x...) digits and one suffix of k K m M g G at most, with no sign and no blank before it";
var limit = {
  name: "memory.limit_in_bytes",
  about: "no charge may take the usage above this",
  kind: "bytes",
  writes: SIZE,
  rule: `${MARK_ORDER} A charge that would go above the limit makes its task reclaim first: that is a stall. After six refusals without progress the OOM killer ends the largest task. A limit below the usage is taken at once, and reclaims nothing until the next charge.`,
  initially: unsetBut("128M"),
  source: `mm/memcontrol.c of ${BASE}; the order with the marks from patch 2/4 of ${SERIES}`,
  example: "write limit_in_bytes 256M",
  steers: true,
  turn: { falls: 2, rises: 0 },
  read: (_fs, { memcg }) => done(`${memcg.res.limit}
`),
  write: ({ mm }, { memcg }, data) => writeMark(mm, memcg, "limit", data)
};
var failcnt = {
  name: "memory.failcnt",
  about: "how many charges met the limit; any write sets it to 0",
  kind: "count",
  writes: "anything: sets it to 0",
  rule: "Rises with every refused try: a page that takes four tries counts four.",
  initially: "0",
  source: `kernel/res_counter.c of ${BASE}`,
  example: "cat failcnt",
  read: (_fs, { memcg }) => done(`${memcg.res.failcnt}
`),
  write: (_fs, { memcg }) => {
    memcg.res.failcnt = 0;
    return OK;
  }
};
var forceEmpty2 = {
  name: "memory.force_empty",
  about: "any write reclaims all that can be, then drops the accounting of the rest; not while tasks are in it",
  kind: "text",
  writes: "anything, and the write returns when the usage is 0",
  refusal: "force_empty can only be written",
  rule: "EBUSY while the cgroup has tasks, even at usage 0, but never in the root. Pages that can not be reclaimed live on, charged to nobody.",
  initially: "-",
  source: `mm/memcontrol.c of ${BASE}; reclaiming first from patch 1/4 of ${SERIES}`,
  example: "write force_empty 1",
  write: ({ mm }, cgroup) => mayForceEmpty(mm, cgroup.memcg) ?? { wait: "force-empty", cgroup }
};
var stat = {
  name: "memory.stat",
  about: "page cache, anonymous memory, pages charged and uncharged, and the lengths of the two lists",
  kind: "lines",
  lines: {
    cache: "bytes",
    rss: "bytes",
    active: "bytes",
    inactive: "bytes",
    pgpgin: "pages",
    pgpgout: "pages"
  },
  reads: "lines `name value`: cache, rss, active and inactive in bytes, pgpgin and pgpgout in pages",
  rule: "New page cache is inactive, new anonymous memory active; what is touched again moves up.",
  initially: "zeros",
  source: `mm/memcontrol.c of ${BASE}`,
  example: "cat memory.stat:cache",
  snapshot: "read",
  // A removed cgroup's id may be another's by now, and its lists are empty.
  read: ({ mm }, { memcg, removed }) => done(
    `cache ${memcg.stat.cache * PAGE_SIZE}
rss ${memcg.stat.rss * PAGE_SIZE}
pgpgin ${memcg.stat.pgpgin}
pgpgout ${memcg.stat.pgpgout}
active ${removed ? 0 : lruPages(mm, memcg.id, 1) * PAGE_SIZE}
inactive ${removed ? 0 : lruPages(mm, memcg.id, 0) * PAGE_SIZE}
`
  )
};
var MEMORY_FILES = [usage, maxUsage, limit, failcnt, forceEmpty2, stat];

// src/linux-2.6.26/files/extra-files.ts
var OURS = "this project; absent with `machine extras=off`";
var reclaimStat = (memcg) => reclaimStatOf(memcg, stateOf2(memcg), memcg.stat.bgCpu + (memcg.daemon?.sumExec ?? 0));
function stateOf2(memcg) {
  if (memcg.daemon === null) return "none";
  if (memcg.daemonWaits) return "sleeping";
  return memcg.zeroPasses >= SPINNING_PASSES ? "spinning" : "reclaiming";
}
var reclaimStatFile = {
  name: "memory.reclaim_stat",
  about: "what the background reclaimer and direct reclaim have done, and the stalls of those who had to wait",
  kind: "lines",
  lines: {
    bg_state: "text",
    bg_cpu_ns: "ns",
    stall_total_ns: "ns",
    stall_p50_ns: "ns",
    stall_p99_ns: "ns",
    stall_max_ns: "ns"
  },
  reads: "lines `name value`: bg_* of the background reclaimer, direct_* of tasks that reclaim for themselves, stall_* of charges that had to wait; pages, ns and counts",
  rule: "A stall is one charge that met at least one refusal, from the first refusal to its outcome; with policy=memory.high also what a task is held for on its way back to user mode. bg_state is none, sleeping, reclaiming or spinning (awake, and its last passes freed nothing). refaults is unknown once a task was in the cgroup that was spawned with --rereads unknown.",
  initially: "zeros",
  source: OURS,
  example: "cat memory.reclaim_stat:stall_count",
  read: (_fs, { memcg }) => done(
    Object.entries(reclaimStat(memcg)).map(([name, value]) => `${name} ${value ?? "unknown"}
`).join("")
  )
};
var numaStatFile = {
  name: "memory.numa_stat",
  about: "for each node, the lengths of its two lists and how many passes of the reclaimer began with it; pages",
  kind: "lines",
  reads: "for each node N, lines nodeN_active and nodeN_inactive in pages, and nodeN_bg_passes",
  rule: "Background reclaim begins at the best node: of those that hold 3/4 of their share or more, the one with the most inactive pages for each active one.",
  initially: "zeros",
  source: `${OURS}; the choice of the node from patch 4/4 of ${SERIES}`,
  example: "cat numa_stat",
  read: ({ mm }, { memcg }) => done(
    memcg.stat.bgPassesFrom.map(
      (passes, node) => `node${node}_active ${listLength(mm, memcg.id, node, 1)}
node${node}_inactive ${listLength(mm, memcg.id, node, 0)}
node${node}_bg_passes ${passes}
`
    ).join("")
  )
};
var EXTRA_FILES = [reclaimStatFile, numaStatFile];

// src/linux-2.6.26/background.ts
var AGAIN = 3;
function backgroundStep(mm, thread, memcg, isDue) {
  if (thread.phase === IN_PASS) return goOnWithPass2(mm, thread, memcg, isDue);
  const turn = turnOf(thread);
  if (turn === "woken") {
    memcg.daemonWaits = false;
    memcg.stat.bgSleeps += 1;
  }
  if (thread.shouldStop) return EXIT;
  mm.sched.cost += mm.costs.syscall;
  if (turn !== "passed" && !isDue(turn, 0)) return goToSleep(mm, thread, memcg);
  beginPass(mm, thread, memcg, true);
  return goOnWithPass2(mm, thread, memcg, isDue);
}
function turnOf({ phase }) {
  if (phase === ASLEEP) return "woken";
  return phase === AGAIN ? "passed" : "started";
}
function goOnWithPass2(mm, thread, memcg, isDue) {
  thread.phase = IN_PASS;
  const reclaimed = continuePass(mm, thread);
  if (reclaimed < 0) return thread.state === RUNNING ? MAY_PREEMPT : BLOCK;
  if (!isDue("passed", reclaimed)) return goToSleep(mm, thread, memcg);
  thread.phase = AGAIN;
  return MAY_PREEMPT;
}

// src/linux-2.6.26/policy/alinux.ts
var own = (memcg) => stateOf(memcg, "alinux");
var DEFAULT_SCALE = 50;
function wmarksOf(memcg) {
  const { ratio, scale } = own(memcg);
  const { limit: limit3 } = memcg.res;
  if (ratio === 0) return null;
  const high4 = inPages(limit3 * BigInt(ratio) / 100n);
  const gap = inPages(limit3 * BigInt(scale) / 10000n);
  return { high: high4, low: high4 > gap ? bytes(high4 - gap) : bytes(0n) };
}
var inPages = (value) => bytes(value - value % BigInt(PAGE_SIZE));
function isWorkDue(memcg, turn, reclaimed) {
  const state = own(memcg);
  const { res } = memcg;
  if (turn === "passed") state.left = reclaimed === 0 ? 0 : state.left - reclaimed;
  else if (turn === "woken" || res.usage > res.highPages) state.left = res.usage - res.lowPages;
  return state.left > 0 && res.usage > res.lowPages;
}
var SOURCE2 = 'Alibaba Cloud Linux, "Memcg backend asynchronous reclaim" and "Memcg global minimum watermark rating" of its manual';
var setting = (key2, least, most, facts) => ({
  ...facts,
  where: "below",
  writes: `a whole number from ${least} to ${most}`,
  source: `${SOURCE2}; with \`machine policy=alinux\``,
  steers: true,
  read: (_fs, { memcg }) => done(`${own(memcg)[key2]}
`),
  write: ({ mm }, { memcg }, data) => {
    const value = parseInteger(data);
    if (value === null || value < least || value > most)
      return refuse("EINVAL", `${facts.name} is a whole number from ${least} to ${most}`);
    own(memcg)[key2] = value;
    placeMarks(mm, memcg);
    return OK;
  }
});
var mark = (which, facts) => ({
  ...facts,
  name: `memory.wmark_${which}`,
  where: "below",
  kind: "bytes",
  reads: `bytes; ${PAGE_COUNTER_MAX} while it is off`,
  initially: `${PAGE_COUNTER_MAX}`,
  source: `${SOURCE2}; with \`machine policy=alinux\``,
  example: `cat -h wmark_${which}`,
  refusal: "this file is read only: write memory.wmark_ratio and wmark_scale_factor",
  read: (_fs, { memcg }) => done(`${wmarksOf(memcg)?.[which] ?? PAGE_COUNTER_MAX}
`)
});
var files = [
  setting("ratio", 0, 100, {
    name: "memory.wmark_ratio",
    about: "where reclaim in the background starts, in per cent of the limit; 0: it is off",
    kind: "per cent",
    rule: "memory.wmark_high is this much of the limit, and both marks move with the limit. A write that leaves the usage above it starts reclaim. What was started ends when wmark_low is reached or nothing can be freed.",
    initially: "0: off; /default is booted with 38",
    example: "write wmark_ratio 95"
  }),
  mark("high", {
    about: 'a charge that leaves the usage above this starts reclaim ("start at")',
    rule: "limit_in_bytes * wmark_ratio / 100, in whole pages."
  }),
  mark("low", {
    about: 'reclaim goes on until the usage is at or below this ("stop at")',
    rule: "wmark_high - limit_in_bytes * wmark_scale_factor / 10000, in whole pages."
  }),
  setting("scale", 1, 1e3, {
    name: "memory.wmark_scale_factor",
    about: "how far memory.wmark_low is below memory.wmark_high, in 1/10,000 of the limit",
    kind: "1/10,000",
    rule: "The gap between the marks is at most a tenth of the limit.",
    initially: "the parent's; 50 in the root, which is half a per cent; /default is booted with 1000",
    example: "write wmark_scale_factor 200"
  }),
  setting("minAdj", -25, 50, {
    name: "memory.wmark_min_adj",
    about: "what the machine's min watermark is raised by for this cgroup, per cent (kept, not acted upon)",
    kind: "per cent",
    rule: "Kept, and not acted upon: this machine has no min watermark of its own.",
    initially: "the parent's; 0 in the root",
    example: "write wmark_min_adj -25"
  })
];
var within = (value, least, most) => Math.min(most, Math.max(least, Math.round(value)));
function nearest({ limit: limit3, high: high4, low: low3 }) {
  const ratio = within(100 * high4 / limit3, 1, 100);
  return { ratio, scale: within(100 * ratio - 1e4 * low3 / limit3, 1, 1e3) };
}
var sameGap = ({ limit: limit3, high: high4, low: low3 }) => ({
  // 100 would start it at the limit, too late.
  ratio: within(100 * high4 / limit3, 1, high4 < limit3 ? 99 : 100),
  scale: within(1e4 * (high4 - low3) / limit3, 1, 1e3)
});
function alinuxMarks(marks, isOwn) {
  const { ratio, scale } = isOwn ? nearest(marks) : sameGap(marks);
  const high4 = pages(Math.floor(marks.limit * ratio / 100));
  return { ratio, scale, high: high4, low: pages(high4 - Math.floor(marks.limit * scale / 1e4)) };
}
function applied(found, isOwn) {
  const marks = { ...found, low: found.low ?? found.high };
  const { ratio, scale, high: high4, low: low3 } = alinuxMarks(marks, isOwn);
  const gap = scale === 1e3 ? " 1000 is the widest gap it has." : "";
  return {
    name: "alinux",
    title: "to apply it on Alibaba Cloud Linux",
    lines: [
      "cd /sys/fs/cgroup/memory/GROUP",
      `echo ${kibibytes(marks.limit)} > memory.limit_in_bytes`,
      `echo ${scale} > memory.wmark_scale_factor`,
      `echo ${ratio} > memory.wmark_ratio`
    ],
    note: `Its units are 1 % and 0.01 % of the limit: it starts at ${off(high4, marks.high, marks.limit)} and stops at ${off(low3, marks.low, marks.limit)}.${gap}`
  };
}
function off(actual, wanted2, limit3) {
  const error = actual - wanted2;
  if (error === 0) return `${size(actual * PAGE_SIZE)} (exact)`;
  const by = `${size(Math.abs(error) * PAGE_SIZE)}, ${percent(Math.abs(error) / limit3)} of the limit,`;
  return `${size(actual * PAGE_SIZE)} (${by} ${error < 0 ? "below" : "above"} what is recommended)`;
}
function knobs(marks) {
  const { ratio, scale } = nearest(marks);
  return [limitKnob(marks), knob("wmark_ratio", ratio), knob("wmark_scale_factor", scale)];
}
var ALINUX = {
  name: "alinux",
  about: "a charge above a part of the limit queues a work, which frees what lies above the lower mark and ends",
  home: "Alibaba Cloud Linux 2 and 3",
  source: SOURCE2,
  reclaimer: "memcg_wmark",
  runs: "when woken",
  start: { name: "high", file: "wmark_high", knob: "wmark_ratio" },
  stop: { name: "low", file: "wmark_low", knob: "wmark_scale_factor" },
  files,
  newState(parent) {
    const from = parent === null ? null : own(parent);
    return {
      rule: "alinux",
      ratio: 0,
      scale: from?.scale ?? DEFAULT_SCALE,
      minAdj: from?.minAdj ?? 0,
      left: 0
    };
  },
  marks(memcg) {
    const wmarks = wmarksOf(memcg);
    return wmarks && { start: wholePages(wmarks.high), stop: wholePages(wmarks.low) };
  },
  // A worker of a workqueue. It has one for each cgroup here, so that each one's CPU time can be told.
  thread: (memcg) => own(memcg).ratio > 0 ? "memcg_wmark" : null,
  step: (mm, thread, memcg) => backgroundStep(mm, thread, memcg, (turn, reclaimed) => isWorkDue(memcg, turn, reclaimed)),
  marked(mm, memcg) {
    if (memcg.res.usage > memcg.res.highPages) wakeReclaimer(mm, memcg, memcg.res.usage);
  },
  knobs,
  applied
};

// src/linux-2.6.26/policy/kswapd2011.ts
var own2 = (memcg) => stateOf(memcg, "kswapd2011");
function reclaimWmarks(memcg) {
  const { lowDistance, highDistance } = own2(memcg);
  const { limit: limit3 } = memcg.res;
  if (highDistance === 0n) return { low: limit3, high: limit3 };
  const below = (distance2) => bytes(BigInt.asUintN(64, limit3 - distance2));
  return { low: below(lowDistance), high: below(highDistance) };
}
var EVENTS_A_LOOK = 1024;
function heeds(_mm, memcg, usage4, count2) {
  const { stat: stat4, res } = memcg;
  const state = own2(memcg);
  const events5 = stat4.pgpgin + stat4.pgpgout;
  if (usage4 <= res.highPages + 1) state.tick = Math.floor((events5 - count2) / EVENTS_A_LOOK);
  const tick = Math.floor(events5 / EVENTS_A_LOOK);
  if (tick === state.tick) return false;
  state.tick = tick;
  return true;
}
var RECLAIMABLE_RATE = 6;
function isPassDue(mm, { pass }, memcg, turn, reclaimed) {
  if (turn === "started") return false;
  const state = own2(memcg);
  state.looked = turn === "woken" || reclaimed > 0 ? 0 : state.looked + pass.looked;
  const { id, res } = memcg;
  const reclaimable = lruPages(mm, id, 0) + lruPages(mm, id, 1);
  return res.usage > res.lowPages && state.looked < RECLAIMABLE_RATE * reclaimable;
}
var SOURCE3 = 'Ying Han, "[PATCH V5 00/10] memcg: per cgroup background reclaim", linux-mm, April 2011';
var APART = "The high distance is the larger after every write, and both are below the limit.";
var distance = (key2, broken, facts) => ({
  ...facts,
  kind: "bytes",
  source: `${SOURCE3}; with \`machine policy=kswapd2011\``,
  steers: true,
  read: (_fs, { memcg }) => done(`${own2(memcg)[key2]}
`),
  write: ({ mm }, { memcg, parent }, data) => {
    const state = own2(memcg);
    const { limit: limit3 } = memcg.res;
    const value = parseWrittenSize(data);
    if (parent === null) return refuse("EINVAL", "the root has no watermarks");
    if (value === null) return refuse("EINVAL", "a distance is a size below the limit");
    if (value >= limit3)
      return refuse("EINVAL", `${exactSize(value)} is not below limit_in_bytes (${exactSize(limit3)})`);
    const rule = broken(state, value);
    if (rule !== null) return refuse("EINVAL", rule);
    state[key2] = value;
    placeMarks(mm, memcg);
    return OK;
  }
});
var tooNear = ({ lowDistance: low3 }, value) => value < low3 || low3 !== 0n && value === low3 ? `${exactSize(value)} is not above low_wmark_distance (${exactSize(low3)}): lower that first` : null;
var tooFar = ({ highDistance: high4 }, value) => value > high4 || high4 !== 0n && value === high4 ? `${exactSize(value)} is not below high_wmark_distance (${exactSize(high4)}): raise that first` : null;
var files2 = [
  distance("highDistance", tooNear, {
    name: "memory.high_wmark_distance",
    about: 'how far below the limit reclaim in the background stops; 0: it is off ("stop at")',
    writes: "a size, as limit_in_bytes takes it. The first that is not 0 starts the thread memcg_ID",
    rule: `${APART} Reclaim stops at the limit less this; 0 switches it off.`,
    initially: "0; /default is booted with 96M",
    example: "write high_wmark_distance 50M",
    turn: { falls: 5, rises: 3 }
  }),
  distance("lowDistance", tooFar, {
    name: "memory.low_wmark_distance",
    about: 'how far below the limit reclaim in the background starts ("start at")',
    writes: "a size, as limit_in_bytes takes it",
    rule: `${APART} Reclaim starts above the limit less this; the usage is looked at once in 1024 pages charged and uncharged.`,
    initially: "0; /default is booted with 80M",
    example: "write low_wmark_distance 40M",
    turn: { falls: 4, rises: 4 }
  }),
  {
    name: "memory.reclaim_wmarks",
    about: "low_wmark, above which reclaim starts, and high_wmark, where it stops: the limit less the distances",
    kind: "lines",
    lines: { low_wmark: "bytes", high_wmark: "bytes" },
    reads: "lines `name value`: low_wmark, the higher one, and high_wmark, bytes",
    rule: "The limit less the distances, in u64: a distance beyond the limit wraps, and reclaim never starts.",
    initially: "the limit",
    source: `${SOURCE3}; with \`machine policy=kswapd2011\``,
    example: "cat reclaim_wmarks:low_wmark",
    refusal: "this file is read only: write the distances",
    read: (_fs, { memcg }) => {
      const { low: low3, high: high4 } = reclaimWmarks(memcg);
      return done(`low_wmark ${low3}
high_wmark ${high4}
`);
    }
  }
];
var distanceKnob = (name, limit3, mark4) => knob(name, bytesOf(limit3) - bytesOf(mark4));
var KSWAPD2011 = {
  name: "kswapd2011",
  about: "a charge above the higher mark wakes a kswapd of the cgroup, which reclaims down to the lower one",
  home: "Linux 2.6.39, by patches that were not taken",
  source: SOURCE3,
  reclaimer: "kswapd",
  runs: "when woken",
  // Inverted: its low is the higher one.
  start: { name: "low", file: "reclaim_wmarks", knob: "low_wmark_distance" },
  stop: { name: "high", file: "reclaim_wmarks", knob: "high_wmark_distance" },
  files: files2,
  newState: () => ({
    rule: "kswapd2011",
    lowDistance: bytes(0n),
    highDistance: bytes(0n),
    tick: 0,
    looked: 0
  }),
  marks(memcg) {
    if (own2(memcg).highDistance === 0n) return null;
    const { low: low3, high: high4 } = reclaimWmarks(memcg);
    return { start: wholePages(low3), stop: wholePages(high4) };
  },
  thread: (memcg) => own2(memcg).highDistance === 0n || memcg.id === ROOT_MEMCG ? null : `memcg_${memcg.id}`,
  heeds,
  step: (mm, thread, memcg) => backgroundStep(mm, thread, memcg, (turn, reclaimed) => isPassDue(mm, thread, memcg, turn, reclaimed)),
  // It wants high before low, and the two to differ.
  knobs(marks) {
    const { limit: limit3, high: high4, low: low3 } = marks;
    const stop = pages(Math.max(1, Math.min(low3, high4 - 1)));
    return [
      limitKnob(marks),
      distanceKnob("high_wmark_distance", limit3, stop),
      distanceKnob("low_wmark_distance", limit3, high4 > stop ? high4 : limit3)
    ];
  }
};

// src/linux-2.6.26/proactive-reclaim.ts
var MAX_RECLAIM_RETRIES = 16;
var mayYetFree = (mm, retries) => retries > 0 && mm.nrWriteback > 0;
var ask = (pages2, above = -1) => ({
  left: pages2,
  above,
  retries: MAX_RECLAIM_RETRIES
});
function proactiveReclaim(mm, task, memcg, asked, background) {
  const { pass } = task;
  if (!pass.active) {
    if (asked.left <= 0 || memcg.res.usage <= asked.above) return DONE;
    beginPass(mm, task, memcg, background);
    pass.patient = false;
  }
  const reclaimed = continuePass(mm, task);
  if (reclaimed < 0) return SUSPENDED;
  asked.left -= reclaimed;
  if (reclaimed > 0) return SUSPENDED;
  if (!mayYetFree(mm, asked.retries)) return FAILED;
  asked.retries -= 1;
  return SUSPENDED;
}

// src/linux-2.6.26/files/memory-reclaim.ts
var COUNTER_RULE = "a size is decimal, octal (0...) or hexadecimal (0x...) digits and one suffix k, M, G, T, P or E at most, or max";
var COUNTER = "a size with one suffix k, M, G, T, P or E at most, white space around it allowed, rounded down to whole pages; or max";
var V2 = "cgroup v2, Documentation/admin-guide/cgroup-v2.rst and mm/memcontrol.c of Linux 5.19";
var showCounter = (value) => value === PAGE_COUNTER_MAX ? "max\n" : `${value}
`;
var memoryReclaim = {
  name: "memory.reclaim",
  about: "a size written is reclaimed before the write returns; EAGAIN when so much can not be had",
  kind: "bytes",
  writes: `${COUNTER}; nothing is all. The write returns when so much is reclaimed`,
  refusal: "memory.reclaim can only be written",
  rule: "EAGAIN when less can be had. Up to 31 pages more may be freed.",
  initially: "-",
  source: `${V2}; with \`machine policy=memory.high\` or reclaim-loop`,
  example: "write reclaim 8M",
  write: (_fs, cgroup, data) => {
    const value = parsePageCounter(data, "");
    if (value === null) return refuse("EINVAL", COUNTER_RULE);
    return { wait: "reclaim", cgroup, asked: ask(wholePages(value)), strict: true };
  }
};

// src/linux-2.6.26/policy/memory-high.ts
var own3 = (memcg) => stateOf(memcg, "memory.high");
var CHARGE_BATCH = 64;
var PRECISION_SHIFT = 20n;
var SCALING_SHIFT = 14n;
var HZ = 1000n;
var MAX_DELAY = 2e3;
var LENIENT_DELAY = 10;
function handleOverHigh(mm, task) {
  const over = task.overHigh;
  if (over === null) return null;
  const now = clock(mm.sched);
  if (over.since < 0) {
    if (task.inKernel) return null;
    task.inKernel = true;
    over.since = now;
    over.retries = MAX_RECLAIM_RETRIES;
    beginRound(over, over.pages);
  }
  if (task.killed) return backToUserMode(mm, task);
  const memcg = memcgOf(mm, task.memcg);
  if (over.until > 0) return now < over.until ? sleep(mm, task, over.until) : end(mm, task, memcg, over);
  if (task.pass.active || over.freed < over.wanted && isAbove(memcg)) {
    if (!task.pass.active) {
      beginPass(mm, task, memcg, false);
      task.pass.patient = false;
    }
    const reclaimed = continuePass(mm, task);
    if (reclaimed < 0) return task.state === RUNNING ? MAY_PREEMPT : BLOCK;
    over.freed += reclaimed;
    if (reclaimed > 0 && over.freed < over.wanted && isAbove(memcg)) return MAY_PREEMPT;
  }
  const delay = highDelay(memcg, over.pages);
  if (delay <= LENIENT_DELAY) return end(mm, task, memcg, over);
  if (over.freed > 0 || mayYetFree(mm, over.retries)) {
    if (over.freed === 0) over.retries -= 1;
    beginRound(over, SWAP_CLUSTER_MAX);
    return MAY_PREEMPT;
  }
  over.until = clock(mm.sched) + delay * MILLISECOND;
  return sleep(mm, task, over.until);
}
function highDelay({ res }, pages2) {
  const above = res.usage - res.highPages;
  if (above <= 0) return 0;
  const overage = (BigInt(above) << PRECISION_SHIFT) / BigInt(Math.max(res.highPages, 1));
  const penalty = overage * overage * HZ >> PRECISION_SHIFT + SCALING_SHIFT;
  return Math.min(MAX_DELAY, Number(penalty * BigInt(pages2) / BigInt(CHARGE_BATCH)));
}
var isAbove = ({ res }) => res.usage > res.highPages;
function beginRound(over, pages2) {
  over.wanted = pages2;
  over.freed = 0;
}
function sleep(mm, task, until) {
  sleepOn(mm.sched, task, INTERRUPTIBLE, until);
  return BLOCK;
}
function backToUserMode(mm, task) {
  dropPass(mm, task);
  task.overHigh = null;
  task.inKernel = false;
  return null;
}
function end(mm, task, memcg, over) {
  if (clock(mm.sched) > over.since) endStall(mm, task, memcg, over.since, true);
  return backToUserMode(mm, task);
}
function owe(mm, count2) {
  const task = mm.sched.current;
  if (task?.kind !== "task" || !mm.own.reclaimd) return;
  task.overHigh ??= { pages: 0, since: -1, wanted: 0, freed: 0, retries: 0, until: 0 };
  task.overHigh.pages += count2;
}
var memoryHigh = {
  name: "memory.high",
  where: "below",
  about: "who leaves the usage above this reclaims and is held back on the way to user mode; max: nobody",
  kind: "bytes",
  reads: "bytes, or max",
  writes: `${COUNTER}. What is above it already the writer reclaims`,
  rule: "A task that has charged pages above it reclaims as many when it returns to user mode, and is held there up to 2 s: by the square of what is left above. Both count as stalls, as in PSI.",
  initially: "max; /default is booted with 48M",
  source: `${V2}; with \`machine policy=memory.high\``,
  example: "write high 96M",
  steers: true,
  read: (_fs, { memcg }) => done(showCounter(own3(memcg).high)),
  write: ({ mm }, cgroup, data) => {
    const { memcg } = cgroup;
    const value = parsePageCounter(data, "max");
    if (value === null) return refuse("EINVAL", COUNTER_RULE);
    own3(memcg).high = value;
    placeMarks(mm, memcg);
    const above = wholePages(value);
    if (!mm.own.reclaimd || memcg.res.usage <= above) return OK;
    return { wait: "reclaim", cgroup, asked: ask(Number.MAX_SAFE_INTEGER, above), strict: false };
  }
};
var MEMORY_HIGH = {
  name: "memory.high",
  about: "tasks that charge above it reclaim as much themselves, and are slowed down; nobody does so for them",
  home: "Linux 5.19, cgroup v2",
  source: V2,
  reclaimer: "memory.high",
  runs: "in tasks",
  start: { name: "memory.high", file: "high", knob: "high" },
  stop: null,
  files: [memoryHigh, memoryReclaim],
  newState: () => ({ rule: "memory.high", high: PAGE_COUNTER_MAX }),
  marks(memcg) {
    const { high: high4 } = own3(memcg);
    const at = wholePages(high4);
    return high4 === PAGE_COUNTER_MAX ? null : { start: at, stop: at };
  },
  heeds(mm, _memcg, _usage, count2) {
    owe(mm, count2);
    return false;
  },
  doNotifyResume: handleOverHigh,
  knobs: (marks) => [limitKnob(marks), sizeKnob("high", marks.high)],
  applied: ({ limit: limit3, high: high4 }, isOwn) => isOwn ? {
    name: "memory.high",
    title: "to apply it on cgroup v2",
    lines: [
      "cd /sys/fs/cgroup/GROUP",
      `echo ${kibibytes(high4)} > memory.high`,
      `echo ${kibibytes(limit3)} > memory.max`
    ],
    note: "Above memory.high the allocating task itself reclaims, and is slowed down."
  } : null
};

// src/linux-2.6.26/policy/none.ts
var NONE2 = {
  name: "none",
  about: "nobody reclaims in the background: tasks that meet the limit free pages themselves",
  home: "Linux 2.6.26",
  source: "the kernel as it was before the series",
  reclaimer: "memcontd",
  runs: "never",
  start: null,
  stop: null,
  files: [],
  boot: "boot-wmarks-off.memcg",
  knobs: (marks) => [limitKnob(marks)]
};

// src/linux-2.6.26/policy/reclaim-loop.ts
var own4 = (memcg) => stateOf(memcg, "reclaim-loop");
var MAX_BATCH = bytes(32n << 20n);
var DEFAULT_INTERVAL = 1e3;
var MAX_INTERVAL = 36e5;
function step2(mm, thread, memcg) {
  const state = own4(memcg);
  const began = thread.phase;
  if (began === ASLEEP) {
    memcg.daemonWaits = false;
    memcg.stat.bgSleeps += 1;
  }
  if (thread.shouldStop) return EXIT;
  if (state.asked === null) {
    mm.sched.cost += 3 * mm.costs.syscall;
    if (memcg.res.usage <= memcg.res.highPages) return rest2(mm, thread, memcg, state, began !== ASLEEP);
    tellAwake(mm, thread, memcg);
    askForBatch(mm, memcg, state);
  }
  return reclaim2(mm, thread, memcg, state);
}
function reclaim2(mm, thread, memcg, state) {
  thread.phase = IN_PASS;
  const { asked } = state;
  const status = asked === null ? DONE : proactiveReclaim(mm, thread, memcg, asked, true);
  if (status === SUSPENDED) return thread.state === RUNNING ? MAY_PREEMPT : BLOCK;
  state.asked = null;
  if (status !== DONE || memcg.res.usage <= memcg.res.lowPages) return rest2(mm, thread, memcg, state, true);
  askForBatch(mm, memcg, state);
  return MAY_PREEMPT;
}
function askForBatch(mm, { res }, state) {
  mm.sched.cost += 3 * mm.costs.syscall;
  state.asked = ask(Math.min(res.usage - res.lowPages, wholePages(state.batch)));
}
function tellAwake(mm, thread, memcg) {
  memcg.stat.bgWakeups += 1;
  const { path: cgroup, res } = memcg;
  mm.observer?.({ type: "wake", time: ns(clock(mm.sched)), cgroup, pid: thread.pid, usage: res.usage });
}
function rest2(mm, thread, memcg, state, told) {
  memcg.daemonWaits = true;
  thread.phase = ASLEEP;
  const now = clock(mm.sched);
  sleepOn(mm.sched, thread, INTERRUPTIBLE, now + state.interval * MILLISECOND);
  const { path: cgroup, res } = memcg;
  if (told) mm.observer?.({ type: "sleep", time: ns(now), cgroup, pid: thread.pid, usage: res.usage });
  return BLOCK;
}
var SOURCE4 = "this project: the configuration of a loop such as koordinator has";
var inLoop = { where: "below", source: `${SOURCE4}; with \`machine policy=reclaim-loop\`` };
var mark2 = (key2, facts) => ({
  ...facts,
  ...inLoop,
  kind: "bytes",
  reads: "bytes, or max",
  steers: true,
  read: (_fs, { memcg }) => done(showCounter(own4(memcg)[key2])),
  write: ({ mm }, { memcg }, data) => {
    const value = parsePageCounter(data, "max");
    if (value === null) return refuse("EINVAL", COUNTER_RULE);
    own4(memcg)[key2] = value;
    placeMarks(mm, memcg);
    return OK;
  }
});
var batch = {
  ...inLoop,
  name: "memory.reclaim_loop.batch",
  about: "the most that the loop writes to memory.reclaim at once, to 32M",
  kind: "bytes",
  writes: "a size from 4K to 32M",
  rule: "Between two batches the loop looks at the usage again.",
  initially: "the parent's; 32M in the root",
  example: "write reclaim_loop.batch 8M",
  read: (_fs, { memcg }) => done(`${own4(memcg).batch}
`),
  write: (_fs, { memcg }, data) => {
    const value = parsePageCounter(data, "max");
    if (value === null) return refuse("EINVAL", COUNTER_RULE);
    if (value < PAGE_SIZE || value > MAX_BATCH) return refuse("EINVAL", "a batch is 4K to 32M");
    own4(memcg).batch = value;
    return OK;
  }
};
var interval = {
  ...inLoop,
  name: "memory.reclaim_loop.interval_ms",
  about: "how long the loop sleeps between two looks at the usage, in ms",
  kind: "ms",
  writes: `a whole number from 1 to ${MAX_INTERVAL}`,
  rule: "Counted from the end of one look to the next.",
  initially: "the parent's; 1000 in the root",
  example: "write reclaim_loop.interval_ms 100",
  read: (_fs, { memcg }) => done(`${own4(memcg).interval}
`),
  write: (_fs, { memcg }, data) => {
    const value = parseInteger(data);
    if (value === null || value < 1 || value > MAX_INTERVAL)
      return refuse("EINVAL", `an interval is 1 to ${MAX_INTERVAL} ms`);
    own4(memcg).interval = value;
    return OK;
  }
};
var files3 = [
  mark2("start", {
    name: "memory.reclaim_loop.start",
    about: 'the loop reclaims when it finds the usage above this ("start at")',
    writes: `${COUNTER}. The first that is not max starts the loop`,
    rule: "The loop looks at the usage by the clock; no charge wakes it.",
    initially: "max; /default is booted with 48M",
    example: "write reclaim_loop.start 96M"
  }),
  mark2("target", {
    name: "memory.reclaim_loop.target",
    about: 'down to here the loop reclaims ("stop at"); above start it is start',
    writes: COUNTER,
    rule: "Batch after batch goes to memory.reclaim until the usage is at or below this, or one answers EAGAIN.",
    initially: "max, which means the start; /default is booted with 32M",
    example: "write reclaim_loop.target 80M"
  }),
  batch,
  interval,
  memoryReclaim
];
var LOOKS = 10;
function applied2({ limit: limit3, high: high4, low: low3 }) {
  if (low3 === null) return null;
  const room = size(Math.max(0, limit3 - high4) * LOOKS * PAGE_SIZE);
  return {
    name: "reclaim-loop",
    title: "to apply it on cgroup v2 (Linux 5.19 or newer): a loop beside the workload",
    lines: [
      "cd /sys/fs/cgroup/GROUP || exit",
      `echo ${limit3 * PAGE_SIZE} > memory.max`,
      `while sleep ${1 / LOOKS} && read -r usage < memory.current; do`,
      `  [ "$usage" -gt ${high4 * PAGE_SIZE} ] || continue   # start`,
      `  while [ "$usage" -gt ${low3 * PAGE_SIZE} ]; do   # stop`,
      `    n=$((usage - ${low3 * PAGE_SIZE})); [ "$n" -gt ${MAX_BATCH} ] && n=${MAX_BATCH}`,
      '    echo "$n" 2> /dev/null > memory.reclaim || break   # EAGAIN: no more to be had',
      "    read -r usage < memory.current || exit",
      "  done",
      "done"
    ],
    note: `It looks ${LOOKS} times a second: usage that grows faster than ${room}/s between start and limit meets the limit before it looks. memory.current counts kernel memory, too.`
  };
}
var RECLAIM_LOOP = {
  name: "reclaim-loop",
  about: "a loop in user space looks at the usage by the clock, and writes batches to memory.reclaim",
  home: "Linux 5.19, cgroup v2",
  source: "a loop in the manner of koordinator (its pull request 3189) and senpai",
  reclaimer: "the loop",
  runs: "by the clock",
  start: { name: "start", file: "reclaim_loop.start", knob: "reclaim_loop.start" },
  stop: { name: "target", file: "reclaim_loop.target", knob: "reclaim_loop.target" },
  files: files3,
  newState(parent) {
    const from = parent === null ? null : own4(parent);
    return {
      rule: "reclaim-loop",
      start: PAGE_COUNTER_MAX,
      target: PAGE_COUNTER_MAX,
      batch: from?.batch ?? MAX_BATCH,
      interval: from?.interval ?? DEFAULT_INTERVAL,
      asked: null
    };
  },
  marks(memcg) {
    const { start, target } = own4(memcg);
    if (start === PAGE_COUNTER_MAX) return null;
    return { start: wholePages(start), stop: wholePages(target < start ? target : start) };
  },
  thread: (memcg) => own4(memcg).start === PAGE_COUNTER_MAX ? null : "reclaim-loop",
  // It looks by the clock.
  heeds: () => false,
  step: step2,
  knobs: (marks) => [
    limitKnob(marks),
    sizeKnob("reclaim_loop.start", marks.high),
    sizeKnob("reclaim_loop.target", marks.low)
  ],
  sooner: knob("reclaim_loop.interval_ms", 100),
  applied: applied2
};

// src/linux-2.6.26/policy/rfc.ts
var THREAD = "memcontd";
var high = {
  name: "memory.high_wmark_in_bytes",
  after: "memory.failcnt",
  about: 'a charge that leaves the usage above this wakes the background reclaimer ("start at")',
  kind: "bytes",
  writes: `${SIZE}. The first write, a refused one too, starts the thread memcontd of the cgroup`,
  rule: `${MARK_ORDER} Only a charge that succeeded wakes the reclaimer; lowering a mark below the usage wakes nobody.`,
  initially: unsetBut("48M"),
  source: `patches 2/4 and 3/4 of ${SERIES}`,
  example: "write high_wmark_in_bytes 64M",
  steers: true,
  turn: { falls: 1, rises: 1 },
  read: (_fs, { memcg }) => done(`${memcg.res.high}
`),
  write: ({ mm }, { memcg }, data) => {
    startDaemon(mm, memcg, THREAD);
    return writeMark(mm, memcg, "high", data);
  }
};
var low = {
  name: "memory.low_wmark_in_bytes",
  after: "memory.failcnt",
  about: 'the background reclaimer goes on until the usage is at or below this ("stop at")',
  kind: "bytes",
  writes: SIZE,
  rule: `${MARK_ORDER} Once awake the reclaimer goes on down to low, also below high. If nothing more can be reclaimed above low it never sleeps again and burns CPU.`,
  initially: unsetBut("32M"),
  source: `patches 2/4 and 3/4 of ${SERIES}`,
  example: "write low_wmark_in_bytes 24M",
  steers: true,
  turn: { falls: 0, rises: 2 },
  read: (_fs, { memcg }) => done(`${memcg.res.low}
`),
  write: ({ mm }, { memcg }, data) => writeMark(mm, memcg, "low", data)
};
var reclaimd = {
  name: "memory.reclaimd",
  after: "memory.numa_stat",
  about: "running or stopped: `start` and `stop` start and stop the background reclaimer",
  kind: "text",
  reads: "running or stopped",
  writes: "start or stop; a stop returns when the thread is gone",
  rule: "A write of high_wmark_in_bytes starts it too. rmdir stops it; nothing else does.",
  initially: "stopped",
  source: `${OURS}; an answer to the question that ended patch 3/4 of ${SERIES}`,
  example: "write reclaimd stop",
  steers: true,
  read: (_fs, { memcg }) => done(memcg.daemon === null ? "stopped\n" : "running\n"),
  write: ({ mm }, cgroup, data) => {
    const word = decodeText(data).replace(/[\t-\r ]+$/, "");
    if (word === "start") {
      startDaemon(mm, cgroup.memcg, THREAD);
      return OK;
    }
    if (word !== "stop") return refuse("EINVAL", "write start or stop");
    if (cgroup.memcg.daemon === null) return OK;
    kthreadStop(mm, cgroup.memcg.daemon);
    return { wait: "stop-daemon", cgroup };
  }
};
var RFC = {
  name: "rfc",
  called: "memcontd",
  about: "a charge above high wakes a thread of the cgroup, memcontd, which reclaims down to low",
  home: "Linux 2.6.26",
  source: SERIES,
  reclaimer: "memcontd",
  runs: "when woken",
  start: { name: "high", file: "high_wmark_in_bytes", knob: "high_wmark_in_bytes" },
  stop: { name: "low", file: "low_wmark_in_bytes", knob: "low_wmark_in_bytes" },
  files: [high, low, reclaimd],
  boot: "boot.memcg",
  step: memcontdStep,
  knobs: (marks) => [
    sizeKnob("low_wmark_in_bytes", marks.low),
    sizeKnob("high_wmark_in_bytes", marks.high),
    limitKnob(marks)
  ]
};

// src/linux-2.6.26/policies.ts
var policies = [
  RFC,
  NONE2,
  ALINUX,
  KSWAPD2011,
  MEMORY_HIGH,
  RECLAIM_LOOP
];

// src/linux-2.6.26/control-files.ts
var patched = (table, patch) => table.flatMap((each) => [each, ...patch.filter(({ after }) => after === each.name)]);
var apart = (files4) => files4.filter(({ after }) => after === void 0);
var memoryFiles = ({ files: files4 }) => [...patched(MEMORY_FILES, files4), ...apart(files4)];
var extraFiles = ({ files: files4 }) => patched(EXTRA_FILES, files4);
var USUAL_FILES = [...memoryFiles(RFC), ...CGROUP_FILES, ...extraFiles(RFC)];
var ofPolicies = policies.flatMap(({ files: files4 }) => files4);
var CONTROL_FILES = [
  ...patched(MEMORY_FILES, ofPolicies),
  ...CGROUP_FILES,
  ...patched(EXTRA_FILES, ofPolicies),
  ...new Set(apart(ofPolicies))
];

// src/fs/versions.ts
var PAIRS = [
  ["memory.limit_in_bytes", "memory.max"],
  ["memory.usage_in_bytes", "memory.current"],
  ["memory.max_usage_in_bytes", "memory.peak"],
  ["memory.high_wmark_in_bytes", "memory.high"],
  ["memory.soft_limit_in_bytes", "memory.low"],
  ["memory.failcnt", "memory.events"],
  ["memory.force_empty", "memory.reclaim"],
  ["memory.oom_control", "memory.oom.group"],
  ["memory.memsw.limit_in_bytes", "memory.swap.max"],
  ["memory.memsw.usage_in_bytes", "memory.swap.current"],
  ["memory.memsw.failcnt", "memory.swap.events"],
  ["freezer.state", "cgroup.freeze"],
  ["cpuacct.usage", "cpu.stat"],
  ["blkio.throttle.io_service_bytes", "io.stat"],
  ["tasks", "cgroup.procs"],
  ["tasks", "cgroup.threads"],
  ["notify_on_release", "cgroup.events"],
  ["release_agent", "cgroup.events"]
];
function insteadOf(name, here, isThere2) {
  const pair = PAIRS.find((each) => each[2 - here] === name && isThere2(each[here - 1]));
  return pair === void 0 ? "" : `: it is of version ${3 - here}: here it is ${pair[here - 1]}`;
}

// src/linux-2.6.26/policy/names.ts
var CARDS = policies;
var POLICIES = CARDS.map(({ name }) => name);
var findPolicy = (name) => CARDS.find((card) => card.name === name);
function policyNamed(name) {
  const card = findPolicy(name);
  if (card === void 0) throw new Error(`there is no policy ${name}`);
  return card;
}

// src/linux-2.6.26/controller.ts
var CONTROLLER = {
  traits: {
    rootMode: 493,
    nameMax: 255,
    maxFiles: 32,
    renames: true,
    resizes: true,
    writesMove: false,
    magic: 2613483,
    linksWhenRemoved: 0
  },
  create: memCgroupCreate,
  mayMake: () => null,
  mayEnter: () => null,
  insteadOf: (mm, memcg, name) => insteadOf(name, 1, (one) => CONTROLLER.files(mm, memcg, true).some((file) => file.name === one)),
  holdsBack: ({ leakedRefs }) => leakedRefs > 0 ? refuse("EBUSY", "a reference is short since a refused force_empty (erratum)") : null,
  remove: (mm, { id }) => {
    mm.memcgs[id] = null;
  },
  files: (mm, { id }, extras) => CONTROLLER.possibleFiles(mm, id === ROOT_MEMCG, extras),
  possibleFiles: ({ own: { policy } }, root, extras) => DIRECTORIES[policy][root ? "root" : "below"][extras ? "withExtras" : "listed"],
  allFiles: ({ own: { policy } }) => DIRECTORIES[policy].numbered
};
function directory(name, place2) {
  const policy = policyNamed(name);
  const here = ({ where }) => where === void 0 || where === place2;
  const listed = [...CGROUP_FILES, ...memoryFiles(policy)].filter(here).reverse();
  return { listed, withExtras: [...listed, ...extraFiles(policy).filter(here)] };
}
var numbered = (name) => {
  const policy = policyNamed(name);
  const memory = memoryFiles(RFC);
  const more = memoryFiles(policy).filter((file) => !memory.includes(file));
  return [...CGROUP_FILES, ...memory, ...extraFiles(policy), ...more];
};
var DIRECTORIES = Object.fromEntries(
  POLICIES.map((name) => [
    name,
    { root: directory(name, "root"), below: directory(name, "below"), numbered: numbered(name) }
  ])
);

// src/linux-2.6.26/errata.ts
var ERRATA = [
  "charge-fallthrough",
  "force-empty-inverted",
  "force-empty-ref-leak",
  "state-never-over-limit",
  "best-node-forgotten"
];
var ERRATA_SETS = {
  posted: ERRATA,
  /** What the recordings were made with. */
  recorded: ["force-empty-inverted", "force-empty-ref-leak", "state-never-over-limit"]
};
var errataOf = (names) => ({
  chargeFallthrough: names.includes("charge-fallthrough"),
  forceEmptyInverted: names.includes("force-empty-inverted"),
  forceEmptyRefLeak: names.includes("force-empty-ref-leak"),
  stateNeverOverLimit: names.includes("state-never-over-limit"),
  bestNodeForgotten: names.includes("best-node-forgotten")
});

// src/linux-2.6.26/oom.ts
function killLargest(mm, memcg) {
  let victim = null;
  let most = -1;
  for (const task of mm.tasks) {
    if (task.kind !== "task" && task.real === null || memcg !== null && task.memcg !== memcg.id) continue;
    if (task.killed || task.real?.spared) return;
    const memory = residentPages(mm, task);
    if (memory > most || memory === most && victim !== null && task.pid < victim.pid) {
      most = memory;
      victim = task;
    }
  }
  if (victim === null) return;
  const group = mm.memcgs[victim.memcg];
  if (group !== null) group.stat.oomKills += 1;
  mm.observer?.({
    type: "oom-kill",
    time: ns(clock(mm.sched)),
    cgroup: memcg === null ? null : memcg.path,
    pid: victim.pid,
    task: victim.name,
    ...victim.real !== null && { spared: true }
  });
  if (victim.real === null) {
    victim.outOfMemory = memcg?.path ?? "";
    sendKill(mm, victim);
  } else victim.real.spared = true;
}
function residentPages(mm, task) {
  if (task.real !== null) return task.real.seen.anon + task.real.seen.file + task.real.seen.shmem;
  let sum = task.anonPages;
  for (const vma of task.vmas) sum += Math.min(vma.pages, mm.mappings[vma.mapping]?.length ?? 0);
  return sum;
}

// src/linux-2.6.26/global-reclaim.ts
function globalReclaim(mm, task, charge) {
  const { pass } = task;
  if (charge.globalNext < 0) {
    charge.globalNext = 0;
    charge.globalFreed = 0;
  }
  for (; ; ) {
    if (pass.active) {
      const reclaimed = continuePass(mm, task);
      if (reclaimed < 0) return SUSPENDED;
      charge.globalFreed += reclaimed;
    }
    if (mm.freePages >= SWAP_CLUSTER_MAX) return end2(charge, DONE);
    if (charge.globalNext === mm.memcgs.length) {
      if (mm.freePages > 0) return end2(charge, DONE);
      if (charge.globalFreed === 0) {
        charge.retries -= 1;
        if (charge.retries < 0) return outOfMemory(mm, charge);
      }
      charge.globalNext = 0;
      charge.globalFreed = 0;
    }
    const memcg = mm.memcgs[charge.globalNext];
    charge.globalNext += 1;
    if (memcg !== null) beginPass(mm, task, memcg, false);
  }
}
function outOfMemory(mm, charge) {
  killLargest(mm, null);
  return end2(charge, FAILED);
}
function end2(charge, status) {
  charge.globalNext = -1;
  return status;
}

// src/linux-2.6.26/charge.ts
var MEM_CGROUP_RECLAIM_RETRIES = 5;
var hasRoom = (mm, { res }) => res.usage < res.limitPages && mm.freePages > 0;
function tryCharge(mm, task, memcg) {
  if (task.charge === null) {
    if (hasRoom(mm, memcg)) return DONE;
    task.charge = { retries: MEM_CGROUP_RECLAIM_RETRIES, since: TIME_0 - 1, globalNext: -1, globalFreed: 0 };
  }
  const { charge } = task;
  const status = chargeSlowly(mm, task, memcg, charge);
  if (status === SUSPENDED) return SUSPENDED;
  task.charge = null;
  if (charge.since >= 0) endStall(mm, task, memcg, charge.since, status === DONE);
  return status;
}
function chargeSlowly(mm, task, memcg, charge) {
  const { pass } = task;
  for (; ; ) {
    if (charge.globalNext >= 0 || mm.freePages === 0 && !pass.active) {
      const status = globalReclaim(mm, task, charge);
      if (status !== DONE) return status;
      continue;
    }
    if (!pass.active) {
      if (memcg.res.usage < memcg.res.limitPages) return DONE;
      refuseCharge(mm, task, memcg, charge);
      beginPass(mm, task, memcg, false);
      if (giveWayToVictim(mm, task, memcg)) return SUSPENDED;
    }
    const reclaimed = continuePass(mm, task);
    if (reclaimed < 0) return SUSPENDED;
    if (reclaimed > 0 || memcg.res.usage < memcg.res.limitPages) continue;
    if (mm.own.errata.chargeFallthrough && mm.freePages > 0) return DONE;
    if (mm.own.errata.chargeFallthrough) continue;
    charge.retries -= 1;
    if (charge.retries < 0) {
      killLargest(mm, memcg);
      return FAILED;
    }
  }
}
function giveWayToVictim(mm, task, memcg) {
  const dies = (other) => other.killed && other !== task && other.memcg === memcg.id;
  if (task.killed || mm.nrDying === 0 || !mm.tasks.some(dies)) return false;
  sleepOn(mm.sched, task, UNINTERRUPTIBLE, clock(mm.sched));
  return true;
}
function refuseCharge(mm, task, memcg, charge) {
  memcg.res.failcnt += 1;
  const time = clock(mm.sched);
  if (charge.since < 0) charge.since = time;
  mm.observer?.({
    type: "limit-failure",
    time: ns(time),
    cgroup: memcg.path,
    pid: task.pid,
    usage: memcg.res.usage
  });
}

// src/linux-2.6.26/page-cache.ts
function addToPageCache(mm, task, memcg, slot, flags) {
  const { slots } = mm.tables;
  const pfn = allocFrame(mm, task.node);
  if (slots[slot] === evictedFrom(memcg.id)) memcg.stat.refaults += 1;
  slots[slot] = pfn;
  mm.frames.slot[pfn] = slot;
  mm.frames.flags[pfn] |= flags;
  mm.sched.cost += mm.costs.charge;
  chargeFrame(mm, memcg, pfn);
  return pfn;
}
function addRunToPageCache(mm, task, memcg, firstSlot, count2, pageFlags) {
  const { id } = memcg;
  const bits = task.node << NODE_SHIFT | pageFlags;
  const list = listOf(mm, id, task.node, 0);
  const refaults = mm.core.enterRun(firstSlot, count2, list, id, bits, evictedFrom(id));
  mm.nrFree[task.node] -= count2;
  mm.freePages -= count2;
  memcg.stat.refaults += refaults;
  chargeRun(mm, memcg, count2, mm.costs.charge);
}

// src/linux-2.6.26/readahead.ts
var MAX_PAGES = 32;
function syncReadahead(ra, offset, request) {
  if (ra.readahead) ondemandReadahead(ra, offset, request, null);
}
function asyncReadahead(mm, ra, offset, request) {
  if (!ra.readahead || isCongested(mm.devices[DISK_READ])) return;
  ondemandReadahead(ra, offset, request, mm);
}
function ondemandReadahead(ra, offset, request, mm) {
  const expected = offset === ra.windowStart + ra.windowSize - ra.asyncSize || offset === ra.windowStart + ra.windowSize;
  const step3 = offset - ra.previous;
  const sequential = step3 >= 0 && step3 <= 1 || request > MAX_PAGES;
  if (offset > 0 && expected) {
    ra.windowStart += ra.windowSize;
    ra.windowSize = nextSize(ra.windowSize);
    ra.asyncSize = ra.windowSize;
  } else if (mm !== null) {
    const hole = nextHole(mm, ra.mapping, offset);
    if (hole - offset > MAX_PAGES) return;
    ra.windowStart = hole;
    ra.windowSize = nextSize(hole - offset);
    ra.asyncSize = ra.windowSize;
  } else if (sequential) {
    ra.windowStart = offset;
    ra.windowSize = initialSize(request);
    ra.asyncSize = ra.windowSize > request ? ra.windowSize - request : ra.windowSize;
  } else {
    beginBatch(ra, offset, request, 0);
    return;
  }
  beginBatch(ra, ra.windowStart, ra.windowSize, ra.asyncSize);
}
function initialSize(request) {
  const size2 = 1 << 32 - Math.clz32(Math.min(request, 2 * MAX_PAGES) - 1);
  if (size2 <= MAX_PAGES / 32) return size2 * 4;
  return size2 <= MAX_PAGES / 4 ? size2 * 2 : MAX_PAGES;
}
var nextSize = (size2) => Math.min(MAX_PAGES, size2 < MAX_PAGES / 16 ? 4 * size2 : 2 * size2);
function nextHole(mm, mapping, offset) {
  let page = offset;
  for (; page - offset <= MAX_PAGES; page += 1) {
    const slot = findSlot(mapping, page);
    if (slot < 0 || mm.tables.slots[slot] <= 0) break;
  }
  return page;
}
function beginBatch(ra, start, size2, lookahead) {
  const end4 = Math.min(start + size2, ra.mapping.length);
  ra.batchNext = start;
  ra.batchEnd = Math.max(start, end4);
  ra.batchMarker = lookahead > 0 ? start + size2 - lookahead : -1;
}
function readExactly(ra, start, end4) {
  ra.batchNext = start;
  ra.batchEnd = end4;
  ra.batchMarker = -1;
}
function readPages(mm, task, ra) {
  const memcg = memcgOf(mm, task.memcg);
  while (ra.batchNext < ra.batchEnd) {
    const slot = slotOf(mm, ra.mapping, ra.batchNext);
    if (mm.tables.slots[slot] > 0 && !isCharging(task)) {
      ra.batchNext += 1;
      continue;
    }
    if (!isCharging(task)) {
      const count2 = easyRun(mm, task, memcg, slot, ra);
      if (count2 > 0) {
        addRunToPageCache(mm, task, memcg, slot, count2, PG_LOCKED);
        markWindow(mm, ra, slot, count2);
        extendRun(mm, ra, slot, count2);
        ra.batchNext += count2;
        if (ra.batchNext < ra.batchEnd && needResched(mm.sched, task)) return SUSPENDED;
        continue;
      }
    }
    const status = tryCharge(mm, task, memcg);
    if (status === SUSPENDED) return SUSPENDED;
    if (status === DONE && mm.tables.slots[slot] <= 0) {
      const marked = ra.batchNext === ra.batchMarker;
      addToPageCache(mm, task, memcg, slot, marked ? PG_LOCKED | PG_READAHEAD : PG_LOCKED);
      extendRun(mm, ra, slot, 1);
    }
    ra.batchNext += 1;
  }
  submitRun(mm, ra);
  return DONE;
}
function easyRun(mm, task, memcg, slot, ra) {
  const most = Math.min(
    ra.batchEnd - ra.batchNext,
    slotsToChunkEnd(slot),
    memcg.res.limitPages - memcg.res.usage,
    chargesBeforePreemption(memcg, ra),
    mm.nrFree[task.node]
  );
  return mm.core.countAbsent(slot, most);
}
var CHARGES_ABOVE_HIGH = 10;
function chargesBeforePreemption({ daemonWaits, res }, ra) {
  if (!daemonWaits) return Infinity;
  const room = res.highPages - res.usage;
  if (room === 0 && ra.batchNext === ra.windowStart) return 1;
  return Math.max(1, room + CHARGES_ABOVE_HIGH);
}
function markWindow(mm, ra, slot, count2) {
  const at = ra.batchMarker - ra.batchNext;
  if (at >= 0 && at < count2) mm.frames.flags[mm.tables.slots[slot + at]] |= PG_READAHEAD;
}
function extendRun(mm, ra, slot, count2) {
  if (slot !== ra.runStart + ra.runLength) {
    submitRun(mm, ra);
    ra.runStart = slot;
  }
  ra.runLength += count2;
}
function submitRun(mm, ra) {
  if (ra.runLength > 0) submit(mm, DISK_READ, ra.runStart, ra.runLength);
  ra.runLength = 0;
}

// src/linux-2.6.26/filemap.ts
var openFile = (mapping, readahead) => ({
  mapping,
  index: 0,
  last: 0,
  tried: -1,
  balancing: false,
  readahead,
  windowStart: 0,
  windowSize: 0,
  asyncSize: 0,
  previous: -1,
  batchNext: 0,
  batchEnd: 0,
  batchMarker: -1,
  runStart: 0,
  runLength: 0
});
function beginCall3(file, first, end4) {
  file.index = first;
  file.last = end4;
  file.tried = -1;
}
function genericFileRead(mm, task, file) {
  while (file.index < file.last) {
    if (file.batchNext >= file.batchEnd && needResched(mm.sched, task)) return SUSPENDED;
    if (file.batchNext >= file.batchEnd && !isCharging(task) && copyRun(mm, file) > 0) continue;
    const status = bringIn(mm, task, file, file.last - file.index);
    if (status !== DONE) return status;
  }
  return DONE;
}
function copyRun(mm, file) {
  const first = slotOf(mm, file.mapping, file.index);
  const most = Math.min(file.last - file.index, slotsToChunkEnd(first));
  const count2 = mm.core.touchRun(first, most, file.previous === file.index ? 0 : 1);
  if (count2 > 0) {
    file.index += count2;
    file.previous = file.index - 1;
    mm.sched.cost += count2 * mm.costs.copy;
  }
  return count2;
}
function bringIn(mm, task, file, request) {
  const { index } = file;
  if (file.batchNext < file.batchEnd) return readPages(mm, task, file);
  const slot = slotOf(mm, file.mapping, index);
  if (isCharging(task)) return readOnePage(mm, task, slot);
  const pfn = mm.tables.slots[slot];
  if (pfn > 0 && (mm.frames.flags[pfn] & PG_READAHEAD) !== 0) {
    mm.frames.flags[pfn] &= ~PG_READAHEAD;
    asyncReadahead(mm, file, index, request);
    return DONE;
  }
  if (pfn > 0) {
    waitFor(mm, task, DISK_READ, slot);
    return SUSPENDED;
  }
  if (file.tried !== index) {
    file.tried = index;
    syncReadahead(file, index, request);
    if (file.batchNext < file.batchEnd) return DONE;
  }
  return readOnePage(mm, task, slot);
}
function readOnePage(mm, task, slot) {
  const memcg = memcgOf(mm, task.memcg);
  const status = tryCharge(mm, task, memcg);
  if (status !== DONE) return status;
  if (mm.tables.slots[slot] > 0) return DONE;
  addToPageCache(mm, task, memcg, slot, PG_LOCKED);
  submit(mm, DISK_READ, slot, 1);
  return DONE;
}
function genericFileWrite(mm, task, file) {
  const { mapping } = file;
  const memcg = memcgOf(mm, task.memcg);
  while (file.index < file.last || file.balancing) {
    if (needResched(mm.sched, task)) return SUSPENDED;
    if (file.balancing) {
      if (balanceDirtyPages(mm, task) === SUSPENDED) return SUSPENDED;
      file.balancing = false;
      continue;
    }
    const slot = slotOf(mm, mapping, file.index);
    let pfn = mm.tables.slots[slot];
    if (pfn <= 0 || isCharging(task)) {
      const status = tryCharge(mm, task, memcg);
      if (status !== DONE) return status;
      pfn = mm.tables.slots[slot];
      if (pfn <= 0) pfn = addToPageCache(mm, task, memcg, slot, 0);
    } else if ((mm.frames.flags[pfn] & PG_LOCKED) !== 0) {
      waitFor(mm, task, DISK_READ, slot);
      return SUSPENDED;
    }
    setPageDirty(mm, mapping, slot, pfn);
    mm.core.markPageAccessed(pfn);
    mm.sched.cost += mm.costs.writeBegin + mm.costs.copy;
    file.index += 1;
    if (mapping.length < file.index) mapping.length = file.index;
    file.balancing = ratelimited(mm, 1);
  }
  return DONE;
}

// src/linux-2.6.26/lone-read.ts
function beginAlone(mm, task, calls) {
  const { sched, costs } = mm;
  const { loneTimes: times, loneCounts: counts } = mm.core;
  const disk = mm.devices[DISK_READ];
  const cpu = sched.cpus[task.cpu];
  const until = aloneUntil(sched, task);
  if (until < 0 || disk.length > 0 || task.overHigh !== null) return false;
  const memcg = memcgOf(mm, task.memcg);
  const { usage: usage4, highPages, limitPages } = memcg.res;
  times[NOW] = sched.now;
  times[CPU_NOW] = cpu.now;
  times[SUM_EXEC] = task.sumExec;
  times[VRUNTIME] = task.vruntime;
  times[MIN_VRUNTIME] = sched.minVruntime;
  times[FREE_AT] = disk.freeAt;
  times[UNTIL] = until;
  counts[ROOM] = Math.min(highPages - usage4, limitPages - usage4, mm.nrFree[task.node]);
  counts[LIST] = listOf(mm, memcg.id, task.node, 0);
  counts[OWNER] = memcg.id;
  counts[FLAGS] = task.node << NODE_SHIFT | PG_REFERENCED;
  counts[CALLS] = calls;
  times[SYSCALL] = costs.syscall;
  times[CHARGE] = costs.charge;
  times[COPY] = costs.copy;
  times[PER_REQUEST] = disk.perRequest;
  times[PER_PAGE] = disk.perPage;
  times[LATENCY] = disk.latency;
  times[WAKE_LATENCY] = sched.wakeLatency;
  times[CONTEXT_SWITCH] = sched.contextSwitch;
  counts[WEIGHT] = task.weight;
  counts[MISSES] = 0;
  counts[REFAULTS] = 0;
  return true;
}
function endAlone(mm, task) {
  const { sched } = mm;
  const { loneTimes: times, loneCounts: counts } = mm.core;
  const count2 = counts[MISSES];
  if (count2 === 0) return;
  const disk = mm.devices[DISK_READ];
  const { res, stat: stat4 } = memcgOf(mm, task.memcg);
  const cpu = sched.cpus[task.cpu];
  sched.now = times[NOW];
  sched.minVruntime = times[MIN_VRUNTIME];
  sched.timers.sequence += count2;
  task.sumExec = times[SUM_EXEC];
  task.vruntime = times[VRUNTIME];
  cpu.now = times[CPU_NOW];
  cpu.sliceStart = task.sumExec;
  cpu.left = task.pid;
  cpu.leftAt = times[LEFT_AT];
  disk.freeAt = times[FREE_AT];
  disk.submitted += count2;
  disk.completed += count2;
  mm.nrFree[task.node] -= count2;
  mm.freePages -= count2;
  stat4.pgpgin += count2;
  stat4.cache += count2;
  stat4.refaults += counts[REFAULTS];
  res.usage = pages(res.usage + count2);
  if (res.usage > res.maxUsage) res.maxUsage = res.usage;
}
function pageWasRead(file, page, slot) {
  beginCall3(file, page + 1, page + 1);
  readExactly(file, page + 1, page + 1);
  file.previous = page;
  file.runStart = slot;
}

// src/linux-2.6.26/memory.ts
var NO_FAULT = 0;
var SWAP_READ_DONE = 1;
function anonymousFault(mm, task, slot) {
  const content = mm.tables.slots[slot];
  if (isSwapped(content) && task.faultStage === NO_FAULT) {
    const entry = swapEntryOf(content);
    mm.sched.cost += mm.costs.fault;
    task.faultStage = SWAP_READ_DONE;
    submit(mm, SWAP_READ, entry, 1);
    waitFor(mm, task, SWAP_READ, entry);
    return SUSPENDED;
  }
  const memcg = memcgOf(mm, task.memcg);
  const status = tryCharge(mm, task, memcg);
  if (status !== DONE) {
    if (status !== SUSPENDED) task.faultStage = NO_FAULT;
    return status;
  }
  if (isSwapped(content)) {
    freeSwapEntry(mm, swapEntryOf(content));
    memcg.stat.swapIn += 1;
    task.faultStage = NO_FAULT;
  } else {
    mm.sched.cost += mm.costs.fault;
  }
  addResident(mm, task, slot, "anon");
  return DONE;
}
var NEW_PAGE = {
  anon: PG_ANON | PG_ACTIVE | PC_ACTIVE,
  file: PG_MAPPED,
  shmem: PG_ANON | PG_SHMEM
};
function addResident(mm, task, slot, kind) {
  const pfn = allocFrame(mm, task.node);
  mm.tables.slots[slot] = pfn;
  mm.tables.young[slot] = 1;
  mm.frames.slot[pfn] = slot;
  mm.frames.flags[pfn] |= NEW_PAGE[kind];
  mm.sched.cost += mm.costs.charge;
  chargeFrame(mm, memcgOf(mm, task.memcg), pfn);
}
function fileFault(mm, task, file) {
  for (; ; ) {
    const slot = slotOf(mm, file.mapping, file.index);
    const pfn = mm.tables.slots[slot];
    const busy = pfn <= 0 || isCharging(task) || (mm.frames.flags[pfn] & (PG_LOCKED | PG_READAHEAD)) !== 0;
    if (!busy && file.batchNext >= file.batchEnd) {
      mm.frames.flags[pfn] |= PG_MAPPED;
      mm.tables.young[slot] = 1;
      mm.sched.cost += mm.costs.fault;
      file.previous = file.index;
      return DONE;
    }
    const status = bringIn(mm, task, file, 1);
    if (status !== DONE) return status;
  }
}

// src/linux-2.6.26/kernel.ts
var bind = ({ policy }) => ({ ...KERNEL, rule: policyNamed(policy) });
var KERNEL = {
  tryCharge: (mm, task) => tryCharge(mm, task, memcgOf(mm, task.memcg)),
  hasRoom: (mm, task) => hasRoom(mm, memcgOf(mm, task.memcg)),
  addResident,
  uncharge,
  unmapped: () => void 0,
  chunkFreed: () => void 0,
  forceEmpty,
  proactiveReclaim: (mm, task, memcg, asked) => proactiveReclaim(mm, task, memcg, asked, false),
  anonymousFault,
  fileFault,
  openFile,
  beginCall: beginCall3,
  readExactly,
  genericFileRead,
  genericFileWrite,
  countWriteout,
  activatesItself: false,
  beginAlone,
  endAlone,
  pageWasRead,
  newPass,
  taskJoined: () => void 0,
  taskLeaves: () => void 0,
  startThreads: (mm) => {
    mm.flusher = kthreadRun(mm, "flusher", "pdflush", 0);
  },
  reclaimerStep,
  flusherStep: pdflushStep,
  daemonExited,
  doNotifyResume: (mm, task) => mm.kernel.rule.doNotifyResume?.(mm, task) ?? null,
  dropPass,
  usage: usage2,
  reclaimStat,
  figures: (mm, memcg) => {
    const { id, res, stat: stat4 } = memcg;
    return {
      usage: usage2(memcg),
      failcnt: res.failcnt,
      state: STATES[resCounterState(res, mm.own.errata.stateNeverOverLimit)],
      stat: reclaimStat(memcg),
      cache: pages(stat4.cache),
      rss: pages(stat4.rss),
      pgpgin: stat4.pgpgin,
      pgpgout: stat4.pgpgout,
      active: pages(lruPages(mm, id, 1)),
      inactive: pages(lruPages(mm, id, 0))
    };
  },
  showLimit: ({ res }) => exactSize(res.limit)
};
var policyIn = ({ policy = RFC.name, wmarks = true }) => policy === RFC.name && !wmarks ? NONE2.name : policy;
function newOwn(options) {
  const policy = policyIn(options);
  return {
    errata: errataOf(options.errata),
    policy,
    wmarks: policy === RFC.name,
    reclaimd: options.reclaimd,
    dirtied: 0,
    dirtyExceeded: false,
    writeout: { events: 0, total: 0 }
  };
}
var FIGURE_NAMES = new Map(
  POLICIES.map((name) => {
    const { start, stop } = policyNamed(name);
    return [
      name,
      {
        usage: { title: "usage", file: "usage_in_bytes" },
        peak: { title: "max", file: "max_usage_in_bytes" },
        limit: { title: "limit", name: "limit", file: "limit_in_bytes" },
        high: start && { title: "start at", name: start.name, file: start.file },
        low: stop && { title: "stop at", name: stop.name, file: stop.file },
        first: "limit failures",
        counts: [
          {
            title: "failures",
            noun: "limit failure",
            column: "failcnt",
            file: "failcnt",
            at: "memory.failcnt",
            key: null
          }
        ]
      }
    ];
  })
);
function figureNames(options) {
  const names = FIGURE_NAMES.get(policyIn(options));
  if (names === void 0) throw new Error(`no policy ${options.policy}`);
  return names;
}
var STATES = [
  "RES_BELOW_LOW",
  "RES_BELOW_HIGH",
  "RES_BELOW_LIMIT",
  "RES_OVER_LIMIT"
];
function usage2({ res }) {
  return {
    usage: res.usage,
    max: res.maxUsage,
    low: res.lowPages,
    high: res.highPages,
    limit: res.limitPages
  };
}

// src/linux-6.1/cgroup.ts
var CONTROLLERS = ["cpu", "io", "memory", "pids"];
var bitOf = (controller) => {
  const at = CONTROLLERS.indexOf(controller);
  return at < 0 ? 0 : 1 << at;
};
var ALL = 15;
var MEMORY = bitOf("memory");
var PIDS = bitOf("pids");
var THREADED = bitOf("cpu") | PIDS;
var controllersText = (bits) => {
  const names = CONTROLLERS.filter((name) => (bits & bitOf(name)) !== 0);
  return names.length === 0 ? "" : `${names.join(" ")}
`;
};
var NO_LIMIT = 2 ** 31 - 1;
var newCgroupState = (parent) => ({
  subtreeControl: parent === null ? MEMORY | PIDS : 0,
  threaded: false,
  maxDepth: NO_LIMIT,
  maxDescendants: NO_LIMIT,
  freeze: false,
  effectiveFreeze: parent?.cgroup.effectiveFreeze ?? false,
  cpuTime: 0,
  pidsMax: NO_LIMIT,
  pidsPeak: 0,
  zswapMax: Number.MAX_SAFE_INTEGER
});
var hasMemory = ({ cgroup }) => (cgroup.subtreeControl & MEMORY) !== 0;
var controlOf = ({ threaded }, parent) => parent === null ? ALL : parent.subtreeControl & (threaded ? THREADED : ALL);
var cgroupControl = ({ memcg, parent }) => controlOf(memcg.cgroup, parent?.memcg.cgroup ?? null);
var isThreaded = ({ memcg }) => memcg.cgroup.threaded;
var hasTasks = ({ memcg }) => memcg.nrTasks > 0;
var domainControl = ({ memcg }) => memcg.cgroup.subtreeControl & ~THREADED;
var isPopulated = (cgroup) => hasTasks(cgroup) || cgroup.children.some(isPopulated);
function domainOf(cgroup) {
  let at = cgroup;
  while (isThreaded(at) && at.parent !== null) at = at.parent;
  return at;
}
var canBeThreadRoot = (cgroup) => cgroup.parent === null || !isThreaded(cgroup) && !cgroup.children.some((child) => !isThreaded(child) && isPopulated(child)) && domainControl(cgroup) === 0;
var isThreadRoot = (cgroup) => !isThreaded(cgroup) && (cgroup.children.some(isThreaded) || hasTasks(cgroup) && (cgroup.memcg.cgroup.subtreeControl & THREADED) !== 0);
function isValidDomain(cgroup) {
  if (isThreaded(cgroup)) return false;
  for (let at = cgroup.parent; at !== null; at = at.parent)
    if (isThreaded(at) || at.parent !== null && isThreadRoot(at)) return false;
  return true;
}
function typeOf(cgroup) {
  if (isThreaded(cgroup)) return "threaded";
  if (!isValidDomain(cgroup)) return "domain invalid";
  return isThreadRoot(cgroup) ? "domain threaded" : "domain";
}
function enableThreaded(cgroup) {
  const { parent } = cgroup;
  if (isThreaded(cgroup) || parent === null) return null;
  const path = cgroup.memcg.path;
  if (isPopulated(cgroup))
    return refuse("EOPNOTSUPP", `processes are in ${path} or below: only an empty cgroup becomes threaded`);
  if (domainControl(cgroup) !== 0)
    return refuse(
      "EOPNOTSUPP",
      `${path} has memory or io enabled below, which threads can't have of their own`
    );
  const domain = domainOf(parent);
  if (!isValidDomain(domain) || !canBeThreadRoot(domain))
    return refuse(
      "EOPNOTSUPP",
      `${domain.memcg.path} can be no domain of threads: it has memory or io enabled below, or processes in domains below`
    );
  cgroup.memcg.cgroup.threaded = true;
  return null;
}
function mayHostTasks(cgroup) {
  const { path } = cgroup.memcg;
  if (!isValidDomain(domainOf(cgroup)))
    return refuse(
      "EOPNOTSUPP",
      `${path} is an invalid domain, below threads: write threaded to its cgroup.type`
    );
  if (canBeThreadRoot(cgroup) || isThreaded(cgroup) || cgroup.memcg.cgroup.subtreeControl === 0) return null;
  return refuse(
    "EBUSY",
    `${path} has controllers enabled for those below it, so processes can be in those only (no internal processes)`
  );
}

// src/linux-6.1/tree.ts
var parentOf = (mm, { parent }) => parent === 0 ? null : memcgOf(mm, parent);
var memCgroupFromTask = (mm, { memcg }) => memcgOf(mm, memcgOf(mm, memcg).effective);
var isRoot = ({ parent }) => parent === 0;
function isBelow(mm, id, above) {
  for (let at = mm.memcgs[id] ?? null; at !== null; at = parentOf(mm, at)) if (at === above) return true;
  return false;
}
function* treeOf(mm, memcg) {
  yield memcg;
  for (const child of [...memcg.children]) {
    const below = mm.memcgs[child];
    if (below !== null && below !== void 0) yield* treeOf(mm, below);
  }
}
function sumOf(mm, memcg, count2) {
  let sum = count2(memcg);
  for (const child of memcg.children) sum += sumOf(mm, memcgOf(mm, child), count2);
  return sum;
}
function descendants(mm, memcg) {
  const sum = { live: 0, dying: 0 };
  for (const each of treeOf(mm, memcg)) {
    if (each === memcg) continue;
    if (each.online) sum.live += 1;
    else sum.dying += 1;
  }
  return sum;
}

// src/linux-6.1/freezer.ts
function applyFreeze(mm, { memcg, children }) {
  const { cgroup } = memcg;
  cgroup.effectiveFreeze = cgroup.freeze || (parentOf(mm, memcg)?.cgroup.effectiveFreeze ?? false);
  for (const task of tasksOf(mm, memcg)) setFrozen(mm, task, cgroup.effectiveFreeze);
  for (const child of children) applyFreeze(mm, child);
}
function setFrozen(mm, task, frozen) {
  if (task.kind !== "task" || task.frozen === frozen) return;
  task.frozen = frozen;
  if (!frozen && !task.stopPending && task.state === STOPPED) task.state = INTERRUPTIBLE;
  if (!task.inKernel) wakeUp(mm.sched, task);
}
var isFrozen = (mm, memcg) => memcg.cgroup.effectiveFreeze && [...treeOf(mm, memcg)].every((each) => !tasksOf(mm, each).some(({ inKernel }) => inKernel));
var tasksOf = ({ tasks: tasks2 }, { id }) => tasks2.filter(({ memcg }) => memcg === id);
function nrTasksBelow(mm, memcg) {
  let sum = 0;
  for (const { nrTasks } of treeOf(mm, memcg)) sum += nrTasks;
  return sum;
}
function taskJoined(mm, task) {
  const memcg = memcgOf(mm, task.memcg);
  memcg.cgroup.cpuTime -= task.sumExec;
  setFrozen(mm, task, memcg.cgroup.effectiveFreeze);
  for (let at = memcg; at !== null && !isRoot(at); at = parentOf(mm, at))
    at.cgroup.pidsPeak = Math.max(at.cgroup.pidsPeak, nrTasksBelow(mm, at));
}
function taskLeaves(mm, task) {
  memcgOf(mm, task.memcg).cgroup.cpuTime += task.sumExec;
}
function cpuTime(mm, memcg) {
  let sum = 0;
  for (const each of treeOf(mm, memcg)) {
    sum += each.cgroup.cpuTime;
    for (const task of tasksOf(mm, each)) sum += task.sumExec;
  }
  return sum;
}

// src/linux-6.1/page-counter.ts
var PAGE_COUNTER_MAX2 = 2 ** 51 - 1;
var newPageCounter = (parent) => ({
  parent,
  usage: 0,
  watermark: 0,
  min: 0,
  low: 0,
  high: PAGE_COUNTER_MAX2,
  max: PAGE_COUNTER_MAX2,
  emin: 0,
  elow: 0,
  minUsage: 0,
  lowUsage: 0,
  childrenMinUsage: 0,
  childrenLowUsage: 0
});
function tryChargeCounter(counter, pages2) {
  for (let at = counter; at !== null; at = at.parent) {
    const usage4 = at.usage + pages2;
    if (usage4 > at.max) {
      for (let under = counter; under !== at && under.parent !== null; under = under.parent) {
        setUsage(under, under.usage - pages2);
      }
      return at;
    }
    setUsage(at, usage4);
    if (usage4 > at.watermark) at.watermark = usage4;
  }
  return null;
}
function chargeCounter(counter, pages2) {
  for (let at = counter; at !== null; at = at.parent) {
    setUsage(at, at.usage + pages2);
    if (at.usage > at.watermark) at.watermark = at.usage;
  }
}
function unchargeCounter2(counter, pages2) {
  for (let at = counter; at !== null; at = at.parent) setUsage(at, at.usage - pages2);
}
function setUsage(counter, usage4) {
  counter.usage = usage4;
  propagateProtected(counter);
}
function propagateProtected(counter) {
  const { parent } = counter;
  if (parent === null) return;
  if (counter.min > 0 || counter.minUsage > 0) {
    const used = Math.min(counter.usage, counter.min);
    parent.childrenMinUsage += used - counter.minUsage;
    counter.minUsage = used;
  }
  if (counter.low > 0 || counter.lowUsage > 0) {
    const used = Math.min(counter.usage, counter.low);
    parent.childrenLowUsage += used - counter.lowUsage;
    counter.lowUsage = used;
  }
}
var margin = ({ usage: usage4, max: max4 }) => Math.max(0, max4 - usage4);

// src/linux-6.1/stock.ts
var CHARGE_BATCH2 = 64;
var PAGE_BYTES = 4096;
var newCpu2 = () => ({
  memcg: 0,
  pages: 0,
  reserved: 0,
  objMemcg: 0,
  objBytes: 0,
  slab: 0,
  batch: []
});
function consumeStock(cpu, id, pages2) {
  if (cpu.memcg !== id || cpu.pages < pages2) return false;
  cpu.pages -= pages2;
  return true;
}
function refillStock(mm, cpu, id, pages2) {
  if (cpu.memcg !== id) {
    drainStock(mm, cpu);
    cpu.memcg = id;
  }
  cpu.pages += pages2;
  if (cpu.pages > CHARGE_BATCH2) drainStock(mm, cpu);
}
function drainStock(mm, cpu) {
  const memcg = mm.memcgs[cpu.memcg];
  if (memcg !== null && memcg !== void 0 && cpu.pages > 0) unchargeCounter2(memcg.memory, cpu.pages);
  cpu.memcg = 0;
  cpu.pages = 0;
}
function drainObjStock(mm, cpu) {
  const memcg = mm.memcgs[cpu.objMemcg];
  if (memcg !== null && memcg !== void 0 && cpu.objBytes > 0) {
    const pages2 = Math.floor(cpu.objBytes / PAGE_BYTES);
    memcg.objBytes += cpu.objBytes % PAGE_BYTES;
    if (pages2 > 0) unchargeKmem(mm, cpu, memcg, pages2);
  }
  if (memcg !== null && memcg !== void 0) memcg.slab += cpu.slab;
  cpu.slab = 0;
  cpu.objMemcg = 0;
  cpu.objBytes = 0;
}
function unchargeKmem(mm, cpu, memcg, pages2) {
  memcg.kmem -= pages2;
  refillStock(mm, cpu, memcg.id, pages2);
}
function consumeObjStock(cpu, id, bytes2) {
  if (cpu.objMemcg !== id || cpu.objBytes < bytes2) return false;
  cpu.objBytes -= bytes2;
  return true;
}
function refillObjStock(mm, cpu, memcg, bytes2, mayUncharge) {
  let uncharges = mayUncharge;
  if (cpu.objMemcg !== memcg.id) {
    drainObjStock(mm, cpu);
    cpu.objMemcg = memcg.id;
    cpu.objBytes = memcg.objBytes;
    memcg.objBytes = 0;
    uncharges = true;
  }
  cpu.objBytes += bytes2;
  if (!uncharges || cpu.objBytes <= PAGE_BYTES) return;
  const pages2 = Math.floor(cpu.objBytes / PAGE_BYTES);
  cpu.objBytes %= PAGE_BYTES;
  unchargeKmem(mm, cpu, memcg, pages2);
}
function countSlab(cpu, memcg, bytes2) {
  const first = cpu.slab === 0;
  cpu.slab += bytes2;
  if (first || Math.abs(cpu.slab) <= PAGE_BYTES) return;
  memcg.slab += cpu.slab;
  cpu.slab = 0;
}
function drainAllStock(mm, memcg) {
  for (const cpu of mm.own.cpus) {
    const pages2 = cpu.memcg !== 0 && cpu.pages > 0 && isBelow(mm, cpu.memcg, memcg);
    const bytes2 = cpu.objMemcg !== 0 && isBelow(mm, cpu.objMemcg, memcg);
    if (!pages2 && !bytes2) continue;
    drainObjStock(mm, cpu);
    drainStock(mm, cpu);
  }
}
function reserve(mm, cpu, id) {
  giveBackReserved(mm, cpu);
  cpu.reserved = id;
}
function takeCharged(mm, cpu, id) {
  if (cpu.reserved === id) cpu.reserved = 0;
  else if (!consumeStock(cpu, id, 1)) throw new Error(`no page is charged to ${memcgOf(mm, id).path}`);
}
function giveBackReserved(mm, cpu) {
  const memcg = mm.memcgs[cpu.reserved];
  if (cpu.reserved !== 0 && memcg !== null && memcg !== void 0) unchargeCounter2(memcg.memory, 1);
  cpu.reserved = 0;
}

// src/linux-6.1/buffers.ts
var BUFFER_BYTES = 112;
function freeBuffers(mm, pfn) {
  const { flags } = mm.frames;
  if ((flags[pfn] & (PG_ANON | PG_PRIVATE)) !== PG_PRIVATE) return;
  flags[pfn] &= ~PG_PRIVATE;
  const memcg = memcgOf(mm, mm.frames.memcg[pfn]);
  if (isRoot(memcg)) return;
  const cpu = mm.own.cpus[mm.sched.current?.cpu ?? 0];
  refillObjStock(mm, cpu, memcg, BUFFER_BYTES, true);
  countSlab(cpu, memcg, -BUFFER_BYTES);
}

// src/linux-6.1/types.ts
var INACTIVE_ANON = 0;
var ACTIVE_ANON = 1;
var INACTIVE_FILE = 2;
var ACTIVE_FILE = 3;
var LISTS = 4;

// src/linux-6.1/lruvec.ts
var isFile = (flags) => (flags & PG_ANON) === 0 ? 1 : 0;
var kindOf = (flags) => ((flags & PG_ANON) === 0 ? INACTIVE_FILE : INACTIVE_ANON) + ((flags & PG_ACTIVE) === 0 ? 0 : 1);
var listOfPage2 = (mm, pfn) => {
  const flags = mm.frames.flags[pfn];
  return listOf(mm, mm.frames.memcg[pfn], flags >> NODE_SHIFT, kindOf(flags));
};
function lruState(mm, memcg, node, list) {
  let sum = mm.lru.length[listOf(mm, memcg.id, node, list)];
  for (const child of memcg.children) sum += lruState(mm, memcgOf(mm, child), node, list);
  return sum;
}
function treePages(mm, memcg, list) {
  let sum = lruPages(mm, memcg.id, list);
  for (const child of memcg.children) sum += treePages(mm, memcgOf(mm, child), list);
  return sum;
}
function ownLruPages(mm, id, node) {
  let sum = 0;
  for (let list = INACTIVE_ANON; list < LISTS; list += 1) sum += mm.lru.length[listOf(mm, id, node, list)];
  return sum;
}

// src/linux-6.1/protection.ts
function calculateProtection(mm, target, memcg) {
  const counter = memcg.memory;
  const parent = parentOf(mm, memcg);
  if (memcg === target || parent === null || counter.usage === 0) return;
  if (parent === target) {
    counter.emin = counter.min;
    counter.elow = counter.low;
    return;
  }
  const { emin, elow, childrenMinUsage, childrenLowUsage } = parent.memory;
  counter.emin = effectiveProtection(counter.usage, counter.min, emin, childrenMinUsage);
  counter.elow = effectiveProtection(counter.usage, counter.low, elow, childrenLowUsage);
}
function effectiveProtection(usage4, setting2, parentEffective, siblings) {
  const used = Math.min(usage4, setting2);
  return siblings > parentEffective ? Math.floor(used * parentEffective / siblings) : used;
}
var isBelowMin = (target, memcg) => isProtected(target, memcg) && memcg.memory.emin >= memcg.memory.usage;
var isBelowLow = (target, memcg) => isProtected(target, memcg) && memcg.memory.elow >= memcg.memory.usage;
var isProtected = (target, memcg) => memcg !== target && memcg.parent !== 0;
function scanTarget(pass, target, memcg, size2) {
  if (!isProtected(target, memcg)) return size2;
  const { emin, elow, usage: usage4 } = memcg.memory;
  if (emin === 0 && elow === 0) return size2;
  let protection = emin;
  if (!pass.lowReclaim && elow > emin) {
    protection = elow;
    pass.lowSkipped = true;
  }
  const whole = Math.max(usage4, protection);
  return Math.max(size2 - Math.floor(size2 * protection / (whole + 1)), SWAP_CLUSTER_MAX);
}

// src/linux-6.1/scan-count.ts
var SWAPPINESS2 = 60;
var canReclaimAnon = ({ swap }) => swap.used < swap.size;
function inactiveIsLow(mm, memcg, node, inactiveList) {
  const inactive = lruState(mm, memcg, node, inactiveList);
  const active = lruState(mm, memcg, node, inactiveList + 1);
  const gibibytes = Math.floor((inactive + active) / 2 ** 18);
  const ratio = gibibytes > 0 ? Math.floor(Math.sqrt(10 * gibibytes)) : 1;
  return inactive * ratio < active;
}
function prepareScanCount(mm, pass, target, node) {
  const { cost, refaults } = target.lruvecs[node];
  pass.cost[0] = cost[0];
  pass.cost[1] = cost[1];
  for (const kind of [0, 1]) {
    pass.mayDeactivate[kind] = pass.forceDeactivate || // A new working set is being established: get rid of the old one quickly.
    treeActivate(mm, target, kind) !== refaults[kind] || inactiveIsLow(mm, target, node, kind === 0 ? INACTIVE_ANON : INACTIVE_FILE);
  }
  const file = lruState(mm, target, node, INACTIVE_FILE);
  pass.cacheTrimMode = file >>> pass.priority > 0 && !pass.mayDeactivate[1];
}
function snapshotRefaults(mm, target, node) {
  const { refaults } = target.lruvecs[node];
  refaults[0] = treeActivate(mm, target, 0);
  refaults[1] = treeActivate(mm, target, 1);
}
function treeActivate(mm, memcg, kind) {
  let sum = memcg.counts.activate[kind];
  for (const child of memcg.children) {
    const below = mm.memcgs[child];
    if (below !== null) sum += treeActivate(mm, below, kind);
  }
  return sum;
}
function scanBalance(mm, pass) {
  if (!canReclaimAnon(mm)) return [0, 1];
  if (pass.priority === 0) return "equal";
  if (pass.cacheTrimMode) return [0, 1];
  const [anon, file] = pass.cost;
  const sum = anon + file;
  const total = 2 * sum + anon + file;
  return [
    Math.floor(SWAPPINESS2 * (total + 1) / (sum + anon + 1)),
    Math.floor((200 - SWAPPINESS2) * (total + 1) / (sum + file + 1))
  ];
}
function getScanCount(mm, pass, target, memcg, node) {
  const balance = scanBalance(mm, pass);
  const counts = [];
  for (let list = 0; list < LISTS; list += 1) {
    const kind = list >> 1;
    const size2 = mm.lru.length[listOf(mm, memcg.id, node, list)];
    let scan = scanTarget(pass, target, memcg, size2) >>> pass.priority;
    if (scan === 0 && !memcg.online) scan = Math.min(size2, 32);
    if (balance !== "equal") {
      const whole = balance[0] + balance[1];
      const share = scan * balance[kind];
      scan = memcg.online || balance[0] === 0 ? Math.floor(share / whole) : Math.ceil(share / whole);
    }
    counts.push(scan);
  }
  return counts;
}
function noteCost(mm, memcg, node, kind, pages2) {
  for (let at = memcg; at !== null; at = at.parent === 0 ? null : mm.memcgs[at.parent]) {
    const { cost } = at.lruvecs[node];
    cost[kind] += pages2;
    const size2 = lruState(mm, at, node, INACTIVE_ANON) + lruState(mm, at, node, ACTIVE_ANON) + lruState(mm, at, node, INACTIVE_FILE) + lruState(mm, at, node, ACTIVE_FILE);
    if (cost[0] + cost[1] <= Math.floor(size2 / 4)) continue;
    cost[0] = Math.floor(cost[0] / 2);
    cost[1] = Math.floor(cost[1] / 2);
  }
}

// src/linux-6.1/workingset.ts
var AGE = 2147483647;
function ageNonresident(mm, memcg, node) {
  for (let at = memcg; at !== null; at = mm.memcgs[at.parent]) {
    at.lruvecs[node].nonresidentAge += 1;
    if (at.parent === 0) return;
  }
}
function workingsetEviction(mm, target, pfn) {
  const bits = mm.frames.flags[pfn];
  const node = bits >> NODE_SHIFT;
  const slot = mm.frames.slot[pfn];
  const age = target.lruvecs[node].nonresidentAge & AGE;
  leaveShadow(mm, slot, target.id, mm.sched.now);
  mm.tables.ages[slot] = age << 1 | ((bits & PG_WORKINGSET) === 0 ? 0 : 1);
  ageNonresident(mm, target, node);
}
function swapEviction(mm, target, memcg, pfn, entry) {
  const bits = mm.frames.flags[pfn];
  const node = bits >> NODE_SHIFT;
  const { swapMemcg, swapAge } = mm.own;
  swapMemcg[entry] = memcg.id;
  swapAge[entry] = (target.lruvecs[node].nonresidentAge & AGE) << 1 | ((bits & PG_WORKINGSET) === 0 ? 0 : 1);
  ageNonresident(mm, target, node);
}
var shadowIn = ({ tables: { slots, ages } }, slot) => ({
  content: slots[slot],
  age: ages[slot]
});
function workingsetRefault(mm, pfn, { content, age }) {
  if (content < 0 && !isSwapped(content)) refault(mm, pfn, -1 - content, age);
}
function swapRefault(mm, pfn, entry) {
  refault(mm, pfn, mm.own.swapMemcg[entry], mm.own.swapAge[entry]);
}
function refault(mm, pfn, from, age) {
  const { flags } = mm.frames;
  const node = flags[pfn] >> NODE_SHIFT;
  const file = isFile(flags[pfn]);
  const evictor = mm.memcgs[from];
  if (evictor === null || evictor === void 0) return;
  const memcg = memcgOf(mm, mm.frames.memcg[pfn]);
  const distance2 = evictor.lruvecs[node].nonresidentAge - (age >>> 1) & AGE;
  memcg.counts.refault[file] += 1;
  memcg.stat.refaults += 1;
  if (distance2 > workingsetSize(mm, evictor, node, file)) return;
  flags[pfn] |= PG_ACTIVE;
  ageNonresident(mm, memcg, node);
  memcg.counts.activate[file] += 1;
  if ((age & 1) === 0) return;
  flags[pfn] |= PG_WORKINGSET;
  noteCost(mm, memcg, node, file, 1);
  memcg.counts.restore[file] += 1;
}
function workingsetSize(mm, memcg, node, file) {
  let size2 = lruState(mm, memcg, node, ACTIVE_FILE);
  if (file === 0) size2 += lruState(mm, memcg, node, INACTIVE_FILE);
  if (mm.swap.used === mm.swap.size) return size2;
  size2 += lruState(mm, memcg, node, ACTIVE_ANON);
  return file === 0 ? size2 : size2 + lruState(mm, memcg, node, INACTIVE_ANON);
}
function workingsetActivation(mm, pfn) {
  ageNonresident(mm, memcgOf(mm, mm.frames.memcg[pfn]), mm.frames.flags[pfn] >> NODE_SHIFT);
}

// src/linux-6.1/swap.ts
var BATCH = 15;
function addLru(mm, cpu, pfn) {
  cpu.batch.push(pfn);
  if (cpu.batch.length === BATCH) drainBatch(mm, cpu);
}
function drainBatch(mm, { batch: batch2 }) {
  for (const pfn of batch2) {
    mm.core.add(listOfPage2(mm, pfn), pfn);
    mm.frames.flags[pfn] |= PG_LRU;
  }
  batch2.length = 0;
}
function lruAddDrain(mm, cpu) {
  drainBatch(mm, mm.own.cpus[cpu]);
}
function lruAddDrainAll(mm) {
  for (const cpu of mm.own.cpus) drainBatch(mm, cpu);
}
function markAccessed(mm, pfn) {
  const { flags } = mm.frames;
  const bits = flags[pfn];
  if ((bits & PG_REFERENCED) === 0) {
    flags[pfn] = bits | PG_REFERENCED;
    return;
  }
  if ((bits & PG_ACTIVE) !== 0) return;
  flags[pfn] = (bits | PG_ACTIVE) & ~PG_REFERENCED;
  if ((bits & PG_LRU) !== 0) activate2(mm, pfn);
  workingsetActivation(mm, pfn);
}
function activate2(mm, pfn) {
  const memcg = mm.memcgs[mm.frames.memcg[pfn]];
  mm.core.remove(pfn);
  mm.core.add(listOfPage2(mm, pfn), pfn);
  if (memcg !== null) memcg.counts.pgactivate += 1;
}

// src/linux-6.1/xarray.ts
var SHIFT = 6;
var NODE_BYTES = 592;
var LEAVES_PER_CHUNK = SLOTS_PER_CHUNK >> SHIFT;
var LEVEL = 2 ** 40;
var newXArrays = () => ({
  trees: /* @__PURE__ */ new Map(),
  owner: new Uint16Array(),
  pages: new Uint8Array()
});
var leafOf = (slot) => slot >> SHIFT;
var hasNode = ({ own: { xarrays } }, slot) => xarrays.owner[leafOf(slot)] > 0;
function makeNodes(mm, mapping, page, slot, memcg, charge) {
  const { xarrays } = mm.own;
  makeRoom(mm);
  const tree = treeOf2(xarrays, mapping);
  if (tree.height < 0 && page === 0) {
    tree.height = 0;
    return true;
  }
  let need = 1;
  while (page >= 2 ** (SHIFT * need)) need += 1;
  for (let height = tree.height; height >= 0 && height < need; height += 1) {
    if (!charge()) return false;
    if (height === 0) xarrays.owner[leafOf(slotOfPage0(mapping))] = memcg.id;
    else tree.inner.set(key(height, 0), { owner: memcg.id, children: 1 });
    tree.height = height + 1;
  }
  if (tree.height < 0) tree.height = need;
  for (let level = tree.height - 1; level >= 1; level -= 1) {
    const at = key(level, numberAt(page, level));
    if (tree.inner.has(at)) continue;
    if (!charge()) return false;
    tree.inner.set(at, { owner: memcg.id, children: 0 });
    countChild(tree, level + 1, page);
  }
  const leaf = leafOf(slot);
  if (xarrays.owner[leaf] > 0) return true;
  if (!charge()) return false;
  xarrays.owner[leaf] = memcg.id;
  countChild(tree, 1, page);
  return true;
}
var key = (level, number) => level * LEVEL + number;
var numberAt = (page, level) => Math.floor(page / 2 ** (SHIFT * (level + 1)));
var slotOfPage0 = ({ directory: directory2 }) => directory2[0] << CHUNK_SHIFT;
function treeOf2({ trees }, { id }) {
  const known = trees.get(id);
  if (known !== void 0) return known;
  const made = { height: -1, inner: /* @__PURE__ */ new Map() };
  trees.set(id, made);
  return made;
}
function countChild(tree, level, page) {
  const above = tree.inner.get(key(level, numberAt(page, level)));
  if (above !== void 0) above.children += 1;
}
function makeRoom({ own: { xarrays }, tables: { chunkMapping } }) {
  const leaves = chunkMapping.length * LEAVES_PER_CHUNK;
  if (xarrays.owner.length >= leaves) return;
  xarrays.owner = grown(xarrays.owner, new Uint16Array(leaves));
  xarrays.pages = grown(xarrays.pages, new Uint8Array(leaves));
}
function entryCame(mm, slot) {
  makeRoom(mm);
  const { owner, pages: pages2 } = mm.own.xarrays;
  const leaf = leafOf(slot);
  pages2[leaf] += 1;
  if (pages2[leaf] === 1 && owner[leaf] > 0) memcgOf(mm, owner[leaf]).shadowNodes.delete(leaf);
}
function entryLeft(mm, slot) {
  const { owner, pages: pages2 } = mm.own.xarrays;
  const leaf = leafOf(slot);
  pages2[leaf] -= 1;
  if (pages2[leaf] === 0 && owner[leaf] > 0) memcgOf(mm, owner[leaf]).shadowNodes.add(leaf);
}
function entryGone(mm, slot) {
  const { pages: pages2, owner } = mm.own.xarrays;
  const leaf = leafOf(slot);
  pages2[leaf] -= 1;
  if (pages2[leaf] > 0) return;
  const first = leaf << SHIFT;
  for (let at = first; at < first + 2 ** SHIFT; at += 1) {
    if (mm.tables.slots[at] === 0) continue;
    if (owner[leaf] > 0) memcgOf(mm, owner[leaf]).shadowNodes.add(leaf);
    return;
  }
  freeLeaf(mm, leaf);
}
function freeLeaves(mm, chunk) {
  const first = chunk * LEAVES_PER_CHUNK;
  if (first >= mm.own.xarrays.owner.length) return;
  for (let leaf = first; leaf < first + LEAVES_PER_CHUNK; leaf += 1) freeLeaf(mm, leaf);
}
function reclaimNode(mm, memcg) {
  const [oldest] = memcg.shadowNodes;
  if (oldest === void 0) return false;
  mm.tables.slots.fill(0, oldest << SHIFT, oldest + 1 << SHIFT);
  memcg.counts.nodereclaim += 1;
  freeLeaf(mm, oldest);
  return true;
}
function freeLeaf(mm, leaf) {
  const { owner, trees } = mm.own.xarrays;
  const slot = leaf << SHIFT;
  const { id, directory: directory2 } = mappingOfSlot(mm, slot);
  const tree = trees.get(id);
  if (tree === void 0) return;
  if (owner[leaf] === 0) {
    if (tree.height === 0 && directory2[0] === slot >> CHUNK_SHIFT && (slot & SLOTS_PER_CHUNK - 1) === 0)
      trees.delete(id);
    return;
  }
  freeNode(mm, owner[leaf]);
  memcgOf(mm, owner[leaf]).shadowNodes.delete(leaf);
  owner[leaf] = 0;
  const chunk = slot >> CHUNK_SHIFT;
  const page = mm.tables.chunkPlace[chunk] * SLOTS_PER_CHUNK + (slot & SLOTS_PER_CHUNK - 1);
  for (let level = 1; level < tree.height; level += 1) {
    const at = key(level, numberAt(page, level));
    const inner = tree.inner.get(at);
    if (inner === void 0) break;
    inner.children -= 1;
    if (inner.children > 0) return;
    freeNode(mm, inner.owner);
    tree.inner.delete(at);
  }
  if (tree.inner.size === 0) trees.delete(id);
}
function freeNode(mm, owner) {
  const memcg = memcgOf(mm, owner);
  if (isRoot(memcg) && memcg.kmem === 0) return;
  const cpu = currentCpu(mm);
  refillObjStock(mm, cpu, memcg, NODE_BYTES, true);
  countSlab(cpu, memcg, -NODE_BYTES);
}
var currentCpu = ({ own: { cpus }, sched: { current: current4 } }) => cpus[current4?.cpu ?? 0];
function reparentNodes(mm, memcg, parent) {
  const { owner, trees } = mm.own.xarrays;
  if (memcg.kmem === 0) return;
  for (let leaf = owner.indexOf(memcg.id); leaf >= 0; leaf = owner.indexOf(memcg.id, leaf + 1))
    owner[leaf] = parent.id;
  for (const { inner } of trees.values()) {
    for (const node of inner.values()) if (node.owner === memcg.id) node.owner = parent.id;
  }
  for (const leaf of memcg.shadowNodes) parent.shadowNodes.add(leaf);
  memcg.shadowNodes.clear();
}

// src/linux-6.1/memcontrol.ts
var newEvents = () => ({ low: 0, high: 0, max: 0, oom: 0, oomKill: 0, oomGroupKill: 0 });
var newCounts = () => ({
  pgfault: 0,
  pgmajfault: 0,
  pgscanKswapd: 0,
  pgscanDirect: 0,
  pgstealKswapd: 0,
  pgstealDirect: 0,
  pgrefill: 0,
  pgactivate: 0,
  pgdeactivate: 0,
  refault: [0, 0],
  activate: [0, 0],
  restore: [0, 0],
  nodereclaim: 0
});
function memCgroupCreate2(mm, path, parent, before3 = null) {
  const made = addMemcg(mm, (id, order) => ({
    id,
    effective: parent === null || hasMemory(parent) ? id : parent.effective,
    cgroup: before3 === null ? newCgroupState(parent) : before3.cgroup,
    swapEvents: { high: 0, max: 0, fail: 0 },
    stat: newMemCgroupStat(mm.nodes),
    daemon: null,
    path,
    rereadsUnknown: false,
    nrTasks: 0,
    order: before3?.order ?? order,
    parent: parent?.id ?? 0,
    children: [],
    memory: newPageCounter(parent?.memory ?? null),
    swap: newPageCounter(parent?.swap ?? null),
    events: newEvents(),
    eventsLocal: newEvents(),
    oomGroup: false,
    online: true,
    lruvecs: Array.from({ length: mm.nodes }, () => ({ nonresidentAge: 0, cost: [0, 0], refaults: [0, 0] })),
    counts: newCounts(),
    anon: 0,
    file: 0,
    fileMapped: 0,
    shmem: 0,
    shadowNodes: /* @__PURE__ */ new Set(),
    shadowDeferred: 0,
    kmem: 0,
    slab: 0,
    objBytes: 0,
    pageTables: 0
  }));
  parent?.children.push(made.id);
  return made;
}
function memoryEvent(mm, memcg, event) {
  memcg.eventsLocal[event] += 1;
  for (let at = memcg; at !== null && !isRoot(at); at = parentOf(mm, at))
    at.events[event] += 1;
}
function commitCharge(mm, cpu, memcg, pfn) {
  if (!isRoot(memcg)) takeCharged(mm, cpu, memcg.id);
  mm.frames.memcg[pfn] = memcg.id;
  memcg.stat.pgpgin += 1;
  account2(memcg, mm.frames.flags[pfn], 1);
}
function unaccount2(mm, pfn) {
  const memcg = memcgOf(mm, mm.frames.memcg[pfn]);
  memcg.stat.pgpgout += 1;
  account2(memcg, mm.frames.flags[pfn], -1);
  unchargePages(mm, memcg, 1);
}
function unaccountRun2(mm, memcg, count2) {
  memcg.stat.pgpgout += count2;
  memcg.stat.cache -= count2;
  memcg.file -= count2;
  unchargePages(mm, memcg, count2);
}
function unchargePages(mm, memcg, count2) {
  if (isRoot(memcg)) return;
  unchargeCounter2(memcg.memory, count2);
  if (!memcg.online) releaseIfEmpty(mm, memcg);
}
function uncharge2(mm, pfn) {
  if ((mm.frames.flags[pfn] & PG_LRU) === 0) lruAddDrainAll(mm);
  mm.core.remove(pfn);
  mm.frames.flags[pfn] &= ~PG_LRU;
  if ((mm.frames.flags[pfn] & PG_ANON) === 0) {
    entryGone(mm, mm.frames.slot[pfn]);
    freeBuffers(mm, pfn);
  }
  unaccount2(mm, pfn);
}
function account2(memcg, bits, count2) {
  if (isCache(bits)) memcg.stat.cache += count2;
  else memcg.stat.rss += count2;
  if ((bits & (PG_ANON | PG_SHMEM)) === PG_ANON) memcg.anon += count2;
  else memcg.file += count2;
  if ((bits & (PG_ANON | PG_SHMEM)) === (PG_ANON | PG_SHMEM)) memcg.shmem += count2;
  if ((bits & (PG_MAPPED | PG_ANON)) === PG_MAPPED) memcg.fileMapped += count2;
}
function removeMemcg(mm, memcg) {
  const parent = parentOf(mm, memcg);
  if (parent === null) return;
  memcg.online = false;
  memcg.memory.min = 0;
  memcg.memory.low = 0;
  lruAddDrainAll(mm);
  reparentNodes(mm, memcg, parent);
  for (const cpu of mm.own.cpus) if (cpu.objMemcg === memcg.id) cpu.objMemcg = parent.id;
  drainAllStock(mm, memcg);
  for (const [chunk, owner] of mm.own.pageTables.entries())
    if (owner === memcg.id) mm.own.pageTables[chunk] = parent.id;
  parent.pageTables += memcg.pageTables;
  memcg.pageTables = 0;
  memcg.memory.usage -= memcg.kmem;
  parent.kmem += memcg.kmem;
  parent.slab += memcg.slab;
  parent.objBytes += memcg.objBytes;
  memcg.kmem = 0;
  memcg.slab = 0;
  memcg.objBytes = 0;
  releaseIfEmpty(mm, memcg);
}
function releaseIfEmpty(mm, memcg) {
  const parent = parentOf(mm, memcg);
  if (memcg.memory.usage > 0 || memcg.children.length > 0 || parent === null) return;
  addCounts(parent.counts, memcg.counts);
  parent.children.splice(parent.children.indexOf(memcg.id), 1);
  mm.memcgs[memcg.id] = null;
  if (!parent.online) releaseIfEmpty(mm, parent);
}
function addCounts(to, from) {
  for (const name of ["refault", "activate", "restore"]) {
    to[name][0] += from[name][0];
    to[name][1] += from[name][1];
  }
  for (const name of COUNTS) to[name] += from[name];
}
var COUNTS = [
  "pgfault",
  "pgmajfault",
  "pgscanKswapd",
  "pgscanDirect",
  "pgstealKswapd",
  "pgstealDirect",
  "pgrefill",
  "pgactivate",
  "pgdeactivate",
  "nodereclaim"
];

// src/linux-6.1/subtree-control.ts
function mayEnable(cgroup, enable) {
  if (enable === 0) return null;
  const { path } = cgroup.memcg;
  if (!isValidDomain(domainOf(cgroup)))
    return refuse("EOPNOTSUPP", `${path} is an invalid domain, below threads`);
  if (cgroup.parent === null) return null;
  if ((enable & ~THREADED) === 0) {
    if (canBeThreadRoot(cgroup) || isThreaded(cgroup)) return null;
  } else if (isThreadRoot(cgroup) || isThreaded(cgroup)) {
    return refuse("EOPNOTSUPP", `${path} is a domain of threads, which share memory and io`);
  }
  if (!hasTasks(cgroup)) return null;
  return refuse(
    "EBUSY",
    `processes are in ${path}: move them into cgroups below first (no internal processes)`
  );
}
function writeSubtreeControl(fs, cgroup, enable, disable) {
  const state = cgroup.memcg.cgroup;
  const enabled = enable & ~state.subtreeControl;
  const missing = enabled & ~cgroupControl(cgroup);
  if (missing !== 0) {
    const above = cgroup.parent?.memcg.path ?? "/";
    return refuse(
      "ENOENT",
      `${controllersText(missing).trim()} is not in cgroup.controllers: enable it in ${above} first`
    );
  }
  const disabled = disable & state.subtreeControl;
  const user = cgroup.children.find(({ memcg }) => (memcg.cgroup.subtreeControl & disabled) !== 0);
  if (user !== void 0) return refuse("EBUSY", `${user.memcg.path} has it enabled: disable it there first`);
  const refused = mayEnable(cgroup, enabled);
  if (refused !== null) return refused;
  state.subtreeControl = (state.subtreeControl | enabled) & ~disabled;
  if ((disabled & MEMORY) !== 0) for (const child of cgroup.children) giveUpMemory(fs, child);
  if (((enabled | disabled) & MEMORY) !== 0) for (const child of cgroup.children) chargeFrom(child, cgroup);
  if ((disabled & PIDS) !== 0) for (const { memcg } of cgroup.children) memcg.cgroup.pidsMax = NO_LIMIT;
  return null;
}
function chargeFrom(cgroup, parent) {
  const { memcg } = cgroup;
  memcg.effective = hasMemory(parent.memcg) ? memcg.id : parent.memcg.effective;
  for (const child of cgroup.children) chargeFrom(child, cgroup);
}
function giveUpMemory(fs, cgroup) {
  const { mm } = fs;
  const old = cgroup.memcg;
  const fresh = memCgroupCreate2(mm, old.path, memcgOf(mm, old.parent), old);
  fresh.nrTasks = old.nrTasks;
  old.nrTasks = 0;
  for (const task of mm.tasks) if (task.memcg === old.id) task.memcg = fresh.id;
  for (const { memcg } of cgroup.children) {
    memcg.parent = fresh.id;
    memcg.memory.parent = fresh.memory;
    memcg.swap.parent = fresh.swap;
    old.children.splice(old.children.indexOf(memcg.id), 1);
    fresh.children.push(memcg.id);
  }
  fs.cgroups.delete(old.id);
  cgroup.memcg = fresh;
  cgroup.id = fresh.id;
  fs.cgroups.set(fresh.id, cgroup);
  removeMemcg(mm, old);
}

// src/linux-6.1/files/cgroup-files.ts
var SOURCE5 = "kernel/cgroup/cgroup.c of Linux 6.1, Documentation/admin-guide/cgroup-v2.rst";
var pidsText = (tasks2) => tasks2.map(({ pid }) => pid).sort((a, b) => a - b).map((pid) => `${pid}
`).join("");
var processesOf = (fs, cgroup) => [
  ...tasksOf(fs.mm, cgroup.memcg),
  ...cgroup.children.filter(({ memcg }) => memcg.cgroup.threaded).flatMap((child) => processesOf(fs, child))
];
function mayMove(fs, from, to, { uid }) {
  const above = /* @__PURE__ */ new Set();
  for (let at = from; at !== null; at = at.parent) above.add(at);
  let common = to;
  while (!above.has(common) && common.parent !== null) common = common.parent;
  const may = permission(inodeOf(fs, common, "cgroup.procs"), MAY_WRITE, { ...SUPERUSER, uid, gid: uid });
  return may.ok ? may : refuse("EACCES", `${common.memcg.path} holds both cgroups, and its cgroup.procs ${may.why}`);
}
function move(fs, to, data, writer, thread) {
  const { mm } = fs;
  const pid = kstrtoint(data);
  if (typeof pid !== "number" || pid < 0) return refuse("EINVAL", "write one pid in digits");
  const task = pid === 0 ? writer.task : mm.tasksByPid.get(pid);
  if (task === void 0 || task.killed) return refuse("ESRCH", `no process has the pid ${pid}`);
  if (task.kind !== "task" && task.kind !== "sh" && task.kind !== "real")
    return refuse("EINVAL", `${task.name} is a thread of the kernel, and stays in the root`);
  const from = fs.cgroups.get(task.memcg) ?? fs.root;
  const may = mayMove(fs, from, to, writer);
  if (!may.ok) return may;
  const refused = mayHostTasks(to);
  if (refused !== null) return refused;
  if (thread && domainOf(from) !== domainOf(to))
    return refuse(
      "EOPNOTSUPP",
      "a thread stays in its domain: write the pid to cgroup.procs to move the process"
    );
  attachTask(mm, task, to.id);
  return OK;
}
var procs = {
  name: "cgroup.procs",
  about: "the pids in the cgroup; a pid written moves that process here, 0 is the writer itself",
  kind: "lines",
  reads: "pids, one a line, ascending; in a domain of threads those of the threaded cgroups below, too",
  writes: "one pid, decimal, octal or hexadecimal; 0 is the writer itself: the task `sh`",
  rule: "EINVAL for what is no number, ESRCH for an unknown pid, EBUSY where controllers are enabled for those below. What a process was charged for stays where it is.",
  initially: "empty; in the root: sh and the threads of the kernel",
  source: SOURCE5,
  example: "cat /cgroup.procs",
  read: (fs, cgroup) => cgroup.memcg.cgroup.threaded ? refuse("EOPNOTSUPP", "processes are in the domain above: here cgroup.threads says who is here") : done(pidsText(processesOf(fs, cgroup))),
  write: (fs, cgroup, data, writer) => move(fs, cgroup, data, writer, false)
};
var threads = {
  name: "cgroup.threads",
  about: "the threads in the cgroup; a pid written moves that thread here from elsewhere in its domain",
  kind: "lines",
  reads: "pids, one a line, ascending",
  writes: "one pid, as for cgroup.procs",
  rule: "As cgroup.procs; EOPNOTSUPP for a thread of another domain. Tasks are of one thread each.",
  initially: "empty; in the root: sh and the threads of the kernel",
  source: SOURCE5,
  example: "cat /cgroup.threads",
  read: ({ mm }, { memcg }) => done(pidsText(tasksOf(mm, memcg))),
  write: (fs, cgroup, data, writer) => move(fs, cgroup, data, writer, true)
};
var type = {
  name: "cgroup.type",
  where: "below",
  about: "domain; threaded: its tasks are threads of its domain; threaded written makes it so, for good",
  kind: "text",
  reads: "domain, domain threaded, domain invalid or threaded",
  writes: "threaded",
  rule: "EOPNOTSUPP for who has processes, or memory or io enabled below; and below a domain that has.",
  initially: "domain",
  source: SOURCE5,
  example: "cat cgroup.type",
  read: (_fs, cgroup) => done(`${typeOf(cgroup)}
`),
  write: (_fs, cgroup, data) => strippedText(data) === "threaded" ? enableThreaded(cgroup) ?? OK : refuse("EINVAL", "threaded is all that can be written here")
};
var controllers = {
  name: "cgroup.controllers",
  mode: 292,
  about: "the controllers that can be enabled for the cgroups below",
  kind: "text",
  rule: "What is enabled in the parent\u2019s cgroup.subtree_control; in the root all.",
  initially: "memory pids; in the root: cpu io memory pids",
  source: SOURCE5,
  example: "cat /cgroup.controllers",
  read: (_fs, cgroup) => done(controllersText(cgroupControl(cgroup)))
};
var BAD_CONTROL = refuse("EINVAL", "write controllers with + or - before each: +memory -pids");
var subtreeControl = {
  name: "cgroup.subtree_control",
  about: "the controllers that are enabled for the cgroups below: they have its files, and limits of their own",
  kind: "text",
  writes: "controllers, + or - before each, blanks between: +memory -pids",
  rule: "ENOENT for what is not in cgroup.controllers, EBUSY while processes are here, or to disable what is enabled below. One word that is wrong, and nothing is done.",
  initially: "empty; in the root: memory pids",
  source: SOURCE5,
  example: "write /cgroup.subtree_control +memory",
  read: (_fs, { memcg }) => done(controllersText(memcg.cgroup.subtreeControl)),
  write: (fs, cgroup, data) => {
    let enable = 0;
    let disable = 0;
    for (const word of strippedText(data).split(" ")) {
      if (word === "") continue;
      const bit = bitOf(word.slice(1));
      if (bit === 0 || word[0] !== "+" && word[0] !== "-") return BAD_CONTROL;
      enable = word[0] === "+" ? enable | bit : enable & ~bit;
      disable = word[0] === "-" ? disable | bit : disable & ~bit;
    }
    return writeSubtreeControl(fs, cgroup, enable, disable) ?? OK;
  }
};
var events = {
  name: "cgroup.events",
  mode: 292,
  where: "below",
  about: "whether somebody is in the cgroup or below, and whether all of them are frozen",
  kind: "lines",
  rule: "populated and frozen, 0 or 1.",
  initially: "populated 0, frozen 0",
  source: SOURCE5,
  example: "cat cgroup.events:populated",
  read: ({ mm }, cgroup) => done(`populated ${Number(isPopulated(cgroup))}
frozen ${Number(isFrozen(mm, cgroup.memcg))}
`)
};
function flagOf(data, least) {
  const value = kstrtoint(data);
  if (value === "EINVAL") return refuse("EINVAL", "write a number");
  if (value === "ERANGE" || value < least || value > 1)
    return refuse("ERANGE", least === 1 ? "1 is all that can be written here" : "write 0 or 1");
  return done(value);
}
var freeze = {
  name: "cgroup.freeze",
  where: "below",
  about: "1: all tasks in the cgroup and below are held where they are; 0 lets them go on",
  kind: "count",
  reads: "0 or 1",
  writes: "0 or 1",
  rule: "ERANGE for another number. A task is held when it is back in user mode; cgroup.events says when all are.",
  initially: "0",
  source: "kernel/cgroup/freezer.c of Linux 6.1",
  example: "write cgroup.freeze 1",
  read: (_fs, { memcg }) => done(`${Number(memcg.cgroup.freeze)}
`),
  write: ({ mm }, cgroup, data) => {
    const value = flagOf(data, 0);
    if (!value.ok) return value;
    cgroup.memcg.cgroup.freeze = value.value === 1;
    applyFreeze(mm, cgroup);
    return OK;
  }
};
function killAll(fs, cgroup) {
  if (cgroup.memcg.cgroup.threaded)
    return refuse("EOPNOTSUPP", "threads are not killed by themselves: write to the domain above");
  const doomed = (each) => [
    ...tasksOf(fs.mm, each.memcg).filter(({ kind, killed }) => kind === "task" && !killed),
    ...each.children.flatMap(doomed)
  ];
  for (const task of doomed(cgroup)) sendKill(fs.mm, task);
  return null;
}
var kill = {
  name: "cgroup.kill",
  mode: 128,
  where: "below",
  about: "1 kills all in the cgroup and below",
  kind: "count",
  writes: "1",
  refusal: "cgroup.kill can only be written",
  rule: "ERANGE for another number, EOPNOTSUPP in a threaded cgroup.",
  initially: "-",
  source: SOURCE5,
  example: "write cgroup.kill 1",
  write: (fs, cgroup, data) => {
    const value = flagOf(data, 1);
    return value.ok ? killAll(fs, cgroup) ?? OK : value;
  }
};
var CGROUP_FILES2 = [
  procs,
  threads,
  type,
  controllers,
  subtreeControl,
  events,
  freeze,
  kill
];

// src/linux-6.1/files/hierarchy-files.ts
var SOURCE6 = "kernel/cgroup/cgroup.c of Linux 6.1, Documentation/admin-guide/cgroup-v2.rst";
function limit2(name, field, about, rule) {
  return {
    name,
    about,
    kind: "count",
    reads: "a number, or max",
    writes: "a number, or max",
    rule,
    initially: "max",
    source: SOURCE6,
    example: `write /${name} 100`,
    read: (_fs, { memcg }) => {
      const value = memcg.cgroup[field];
      return done(value === NO_LIMIT ? "max\n" : `${value}
`);
    },
    write: (_fs, { memcg }, data) => {
      const value = strippedText(data) === "max" ? NO_LIMIT : kstrtoint(data);
      if (value === "EINVAL") return refuse("EINVAL", "write a number, or max");
      if (value === "ERANGE" || value < 0) return refuse("ERANGE", `write 0 to ${NO_LIMIT}, or max`);
      memcg.cgroup[field] = value;
      return OK;
    }
  };
}
var stat2 = {
  name: "cgroup.stat",
  mode: 292,
  about: "how many cgroups are below, and how many were removed and still have memory",
  kind: "lines",
  rule: "One that is removed goes with the last page that is charged to it.",
  initially: "zeros",
  source: SOURCE6,
  example: "cat /cgroup.stat:nr_descendants",
  read: ({ mm }, { memcg }) => {
    const { live, dying } = descendants(mm, memcg);
    return done(`nr_descendants ${live}
nr_dying_descendants ${dying}
`);
  }
};
var LIMIT_FILES = [
  limit2(
    "cgroup.max.depth",
    "maxDepth",
    "how many levels of cgroups may be below",
    "mkdir answers EAGAIN beyond it. What is there stays."
  ),
  limit2(
    "cgroup.max.descendants",
    "maxDescendants",
    "how many cgroups may be below",
    "mkdir answers EAGAIN beyond it. What is there stays."
  ),
  stat2
];

// src/linux-6.1/oom-kill.ts
function memCgroupOom(mm, memcg) {
  if (memcg !== null) memoryEvent(mm, memcg, "oom");
  const victim = selectBadProcess(mm, memcg);
  if (victim === "dying") return true;
  if (victim === null) return false;
  const group = memcg === null ? null : oomGroupOf(mm, victim, memcg);
  const { path } = memcg ?? { path: "" };
  kill2(mm, victim, memcg, path);
  if (group === null) return true;
  memoryEvent(mm, group, "oomGroupKill");
  for (const task of [...mm.tasks]) {
    if (task !== victim && isVictim(task) && !task.killed && isBelow(mm, task.memcg, group))
      kill2(mm, task, memcg, path);
  }
  return true;
}
function selectBadProcess(mm, memcg) {
  let victim = null;
  let most = -1;
  for (const task of mm.tasks) {
    if (!isVictim(task) || memcg !== null && !isBelow(mm, task.memcg, memcg)) continue;
    if (task.killed || task.real?.spared) return "dying";
    const memory = residentPages2(mm, task);
    if (memory <= most) continue;
    most = memory;
    victim = task;
  }
  return victim;
}
var isVictim = (task) => task.kind === "task" || task.real !== null;
function oomGroupOf(mm, victim, memcg) {
  let group = null;
  for (let at = mm.memcgs[victim.memcg] ?? null; at !== null && !isRoot(at); at = parentOf(mm, at)) {
    if (at.oomGroup) group = at;
    if (at === memcg) break;
  }
  return group;
}
function kill2(mm, victim, memcg, path) {
  const own5 = mm.memcgs[victim.memcg];
  if (own5 !== null) {
    own5.stat.oomKills += 1;
    memoryEvent(mm, own5, "oomKill");
  }
  mm.observer?.({
    type: "oom-kill",
    time: ns(clock(mm.sched)),
    cgroup: memcg === null ? null : path,
    pid: victim.pid,
    task: victim.name,
    ...victim.real !== null && { spared: true }
  });
  if (victim.real !== null) {
    victim.real.spared = true;
    return;
  }
  victim.outOfMemory = path;
  sendKill(mm, victim);
}
function residentPages2(mm, task) {
  if (task.real !== null) return task.real.seen.anon + task.real.seen.file + task.real.seen.shmem;
  let sum = task.anonPages;
  for (const vma of task.vmas) sum += Math.min(vma.pages, mm.mappings[vma.mapping]?.length ?? 0);
  return sum;
}

// src/linux-6.1/shadow-nodes.ts
var BATCH2 = 128;
var USEFUL_SHIFT = 3;
function excess(mm, memcg, node) {
  const nodes = memcg.shadowNodes.size;
  if (nodes === 0) return 0;
  const pages2 = ownLruPages(mm, memcg.id, node) + Math.floor(memcg.slab / PAGE_BYTES);
  return Math.max(0, nodes - Math.floor(pages2 / 2 ** USEFUL_SHIFT));
}
function shrinkShadowNodes(mm, memcg, node, priority) {
  const freeable = excess(mm, memcg, node);
  if (freeable === 0) return;
  const deferred = memcg.shadowDeferred;
  const delta = Math.floor(freeable / 2);
  let left2 = Math.min((deferred >>> priority) + delta, 2 * freeable);
  let scanned = 0;
  while (left2 >= BATCH2 || left2 >= freeable) {
    const batch2 = Math.min(BATCH2, left2);
    for (let i = 0; i < batch2; i += 1) if (!reclaimNode(mm, memcg)) break;
    left2 -= batch2;
    scanned += batch2;
    if (batch2 === 0) break;
  }
  memcg.shadowDeferred = Math.min(Math.max(0, deferred + delta - scanned), 2 * freeable);
}

// src/linux-6.1/shrink-list.ts
function shrinkActiveList2(mm, task, memcg, node, list, count2) {
  lruAddDrain(mm, task.cpu);
  const { flags } = mm.frames;
  const taken = mm.core.takeOldest(listOf(mm, memcg.id, node, list), count2, 0);
  const { cluster } = mm.core;
  for (let i = 0; i < taken; i += 1) {
    const pfn = cluster[i];
    clearYoung(mm, pfn);
    flags[pfn] = flags[pfn] & ~PG_ACTIVE | PG_WORKINGSET;
    mm.core.add(listOfPage2(mm, pfn), pfn);
  }
  memcg.counts.pgrefill += taken;
  memcg.counts.pgdeactivate += taken;
  task.pass.looked += taken;
  mm.sched.cost += taken * mm.costs.scan;
}
function shrinkInactiveList2(mm, task, target, memcg, node, list, count2) {
  const { pass } = task;
  lruAddDrain(mm, task.cpu);
  const taken = mm.core.takeOldest(listOf(mm, memcg.id, node, list), count2, 0);
  memcg.counts.pgscanDirect += taken;
  pass.looked += taken;
  mm.sched.cost += taken * mm.costs.scan;
  if (taken === 0) return 0;
  const shrunk = { freed: 0, written: 0, dirty: 0, unqueued: 0, congested: 0 };
  shrinkPageList2(mm, target, memcg, taken, shrunk);
  memcg.counts.pgstealDirect += shrunk.freed;
  mm.sched.cost += shrunk.freed * mm.costs.free;
  if (shrunk.unqueued === taken) wakeupFlusher(mm, mm.nrDirty);
  if (shrunk.congested > 0 && shrunk.congested === taken) pass.congested = true;
  if (shrunk.written > 0) noteCost(mm, memcg, node, list < 2 ? 0 : 1, shrunk.written);
  return shrunk.freed;
}
function shrinkPageList2(mm, target, memcg, taken, shrunk) {
  const { flags, slot } = mm.frames;
  const { cluster } = mm.core;
  let plain = 0;
  for (let i = 0; i < taken; i += 1) {
    const pfn = cluster[i];
    const bits = flags[pfn];
    if ((bits & NOT_PLAIN) === 0) {
      freeBuffers(mm, pfn);
      workingsetEviction(mm, target, pfn);
      entryLeft(mm, slot[pfn]);
      plain += 1;
      freeFrame(mm, pfn);
    } else if (shrinkPage2(mm, target, pfn, shrunk)) {
      unaccount2(mm, pfn);
      freeFrame(mm, pfn);
      shrunk.freed += 1;
    } else if ((flags[pfn] & PG_LRU) !== 0) {
      mm.core.add(listOfPage2(mm, pfn), pfn);
    }
  }
  shrunk.freed += plain;
  if (plain > 0) unaccountRun2(mm, memcg, plain);
}
function shrinkPage2(mm, target, pfn, shrunk) {
  const { flags, slot } = mm.frames;
  const bits = flags[pfn];
  if ((bits & PG_LOCKED) !== 0) return false;
  if ((bits & PG_DIRTY) !== 0) shrunk.dirty += 1;
  if ((bits & PG_WRITEBACK) !== 0) {
    shrunk.congested += 1;
    return false;
  }
  const pte = clearYoung(mm, pfn);
  const referenced = (bits & PG_REFERENCED) !== 0;
  flags[pfn] &= ~PG_REFERENCED;
  if (pte) {
    flags[pfn] |= PG_REFERENCED;
    if (referenced) activate3(mm, pfn);
    return false;
  }
  if ((bits & PG_ANON) !== 0) return swapOut2(mm, pfn, target, shrunk);
  if ((bits & PG_MAPPED) !== 0) {
    mm.sched.cost += mm.costs.unmap;
    memcgOf(mm, mm.frames.memcg[pfn]).fileMapped -= 1;
    flags[pfn] &= ~PG_MAPPED;
  }
  if ((bits & PG_DIRTY) !== 0) {
    shrunk.unqueued += 1;
    return false;
  }
  freeBuffers(mm, pfn);
  workingsetEviction(mm, target, pfn);
  entryLeft(mm, slot[pfn]);
  return true;
}
function activate3(mm, pfn) {
  mm.frames.flags[pfn] |= PG_ACTIVE;
  memcgOf(mm, mm.frames.memcg[pfn]).counts.pgactivate += 1;
}
function clearYoung(mm, pfn) {
  const { young } = mm.tables;
  const slot = mm.frames.slot[pfn];
  const accessed = young[slot] !== 0 || (mm.frames.flags[pfn] & PG_YOUNG) !== 0;
  young[slot] = 0;
  mm.frames.flags[pfn] &= ~PG_YOUNG;
  return accessed;
}
function swapOut2(mm, pfn, target, shrunk) {
  const entry = addToSwap(mm);
  if (entry === 0) {
    activate3(mm, pfn);
    return false;
  }
  const { frames } = mm;
  const memcg = memcgOf(mm, frames.memcg[pfn]);
  mm.sched.cost += mm.costs.unmap + mm.costs.pageout;
  memcg.stat.swapOut += 1;
  memcg.stat.writebackPages += 1;
  shrunk.written += 1;
  shrunk.freed += 1;
  chargeCounter(memcg.swap, 1);
  swapEviction(mm, target, memcg, pfn, entry);
  frames.flags[pfn] &= ~PG_LRU;
  unaccount2(mm, pfn);
  writeToSwap(mm, pfn, entry);
  return false;
}

// src/linux-6.1/vmscan.ts
var DEF_PRIORITY2 = 12;
var NAP3 = 100 * MILLISECOND;
var BREATH2 = 4096;
var newPass2 = () => ({
  active: false,
  target: 0,
  wanted: 0,
  priority: 0,
  reclaimed: 0,
  looked: 0,
  mayDeactivate: [false, false],
  forceDeactivate: false,
  skippedDeactivate: false,
  cacheTrimMode: false,
  lowReclaim: false,
  lowSkipped: false,
  cost: [0, 0],
  congested: false,
  patient: true,
  napping: false,
  napSince: TIME_0
});
function beginPass2(mm, task, target, wanted2) {
  const { pass } = task;
  pass.active = true;
  pass.target = target.id;
  pass.wanted = Math.max(wanted2, SWAP_CLUSTER_MAX);
  pass.priority = DEF_PRIORITY2;
  pass.reclaimed = 0;
  pass.looked = 0;
  pass.forceDeactivate = false;
  pass.skippedDeactivate = false;
  pass.lowReclaim = false;
  pass.lowSkipped = false;
  pass.congested = false;
  pass.patient = true;
  pass.napping = false;
  mm.sched.cost += mm.costs.priority;
}
function continuePass2(mm, task) {
  const { pass } = task;
  const target = mm.memcgs[pass.target];
  if (target === null || target === void 0) {
    dropPass2(mm, task);
    return 0;
  }
  if (pass.napping) endNap(mm, task, target.path);
  const breath = pass.looked + BREATH2;
  for (; ; ) {
    while (pass.priority >= 0) {
      if (pass.looked >= breath) return -1;
      mm.sched.cost += mm.costs.priority;
      pass.congested = false;
      for (let node = 0; node < mm.nodes; node += 1) shrinkNode(mm, task, target, node);
      if (pass.reclaimed >= pass.wanted) return endPass2(mm, task, target);
      pass.priority -= 1;
      if (pass.congested && pass.patient && mm.nrWriteback > 0) {
        takeNap(mm, task, NAP3);
        return -1;
      }
    }
    if (!tryHarder(mm, pass, target)) return endPass2(mm, task, target);
  }
}
function tryHarder(mm, pass, target) {
  if (pass.reclaimed > 0) return false;
  if (pass.skippedDeactivate) {
    pass.forceDeactivate = true;
    pass.skippedDeactivate = false;
  } else if (pass.lowSkipped) {
    pass.forceDeactivate = false;
    pass.lowReclaim = true;
    pass.lowSkipped = false;
  } else {
    return false;
  }
  for (let node = 0; node < mm.nodes; node += 1) snapshotRefaults(mm, target, node);
  pass.priority = DEF_PRIORITY2;
  return true;
}
function runPass(mm, task, target, wanted2) {
  beginPass2(mm, task, target, wanted2);
  task.pass.patient = false;
  for (; ; ) {
    const freed = continuePass2(mm, task);
    if (freed >= 0) return freed;
  }
}
function shrinkNode(mm, task, target, node) {
  const { pass } = task;
  prepareScanCount(mm, pass, target, node);
  for (const memcg of treeOf(mm, target)) {
    calculateProtection(mm, target, memcg);
    if (isBelowMin(target, memcg)) continue;
    if (isBelowLow(target, memcg)) {
      if (!pass.lowReclaim) {
        pass.lowSkipped = true;
        continue;
      }
      memoryEvent(mm, memcg, "low");
    }
    shrinkLruvec(mm, task, target, memcg, node);
    shrinkShadowNodes(mm, memcg, node, pass.priority);
  }
}
function shrinkLruvec(mm, task, target, memcg, node) {
  const { pass } = task;
  const left2 = getScanCount(mm, pass, target, memcg, node);
  const targets = [...left2];
  let freed = 0;
  const proportional = isRoot(target) && pass.priority === DEF_PRIORITY2;
  while (left2[INACTIVE_ANON] > 0 || left2[ACTIVE_FILE] > 0 || left2[INACTIVE_FILE] > 0) {
    for (let list = 0; list < LISTS; list += 1) {
      if (left2[list] === 0) continue;
      const count2 = Math.min(left2[list], SWAP_CLUSTER_MAX);
      left2[list] -= count2;
      freed += shrinkList(mm, task, target, memcg, node, list, count2);
    }
    if (freed < pass.wanted || proportional) continue;
    if (!balanceRest(left2, targets)) break;
  }
  pass.reclaimed += freed;
  if (canReclaimAnon(mm) && inactiveIsLow(mm, memcg, node, INACTIVE_ANON))
    shrinkActiveList2(mm, task, memcg, node, ACTIVE_ANON, SWAP_CLUSTER_MAX);
}
function balanceRest(left2, targets) {
  const anon = left2[INACTIVE_ANON] + left2[ACTIVE_ANON];
  const file = left2[INACTIVE_FILE] + left2[ACTIVE_FILE];
  if (anon === 0 || file === 0) return false;
  const [less, more] = file > anon ? [INACTIVE_ANON, INACTIVE_FILE] : [INACTIVE_FILE, INACTIVE_ANON];
  const due = targets[less] + targets[less + 1] + 1;
  const percentage = Math.floor(Math.min(anon, file) * 100 / due);
  left2[less] = 0;
  left2[less + 1] = 0;
  for (const list of [more, more + 1]) {
    const scanned = targets[list] - left2[list];
    const share = Math.floor(targets[list] * (100 - percentage) / 100);
    left2[list] = share - Math.min(share, scanned);
  }
  return true;
}
function shrinkList(mm, task, target, memcg, node, list, count2) {
  const { pass } = task;
  if ((list & 1) === 0) return shrinkInactiveList2(mm, task, target, memcg, node, list, count2);
  if (pass.mayDeactivate[list === ACTIVE_ANON ? 0 : 1]) shrinkActiveList2(mm, task, memcg, node, list, count2);
  else pass.skippedDeactivate = true;
  return 0;
}
function endPass2(mm, task, target) {
  const { pass } = task;
  const { stat: stat4 } = target;
  for (let node = 0; node < mm.nodes; node += 1) snapshotRefaults(mm, target, node);
  pass.active = false;
  stat4.directPasses += 1;
  stat4.directScanned += pass.looked;
  stat4.directReclaimed += pass.reclaimed;
  mm.observer?.({
    type: "pass",
    time: ns(clock(mm.sched)),
    cgroup: target.path,
    by: task.pid,
    background: false,
    node: 0,
    priority: Math.max(pass.priority, 0),
    scanned: pages(pass.looked),
    reclaimed: pages(pass.reclaimed)
  });
  return pass.reclaimed;
}
function dropPass2(mm, task) {
  if (task.pass.napping) finishWait(mm.congestion, task);
  task.pass.active = false;
  task.pass.napping = false;
}

// src/linux-6.1/proactive-reclaim.ts
var MAX_RECLAIM_RETRIES2 = 16;
var askReclaim = (pages2) => ({
  ...ask2(pages2, -1),
  by: "reclaim",
  drained: false,
  deaths: 0
});
var askHigh = (above) => ({
  ...ask2(0, above),
  by: "high",
  drained: false,
  deaths: 0
});
var askMax = (above) => ({
  ...ask2(0, above),
  by: "max",
  drained: false,
  deaths: 0
});
var ask2 = (left2, above) => ({ left: left2, above, retries: MAX_RECLAIM_RETRIES2 });
function proactiveReclaim2(mm, task, memcg, asked) {
  if (!task.pass.active) {
    const wanted2 = wantedOf(memcg, asked);
    if (wanted2 <= 0) return DONE;
    if (!asked.drained && (asked.by !== "reclaim" || asked.retries === 0)) {
      asked.drained = true;
      if (asked.by === "reclaim") lruAddDrainAll(mm);
      else drainAllStock(mm, memcg);
      return SUSPENDED;
    }
    if (asked.by === "max" && asked.retries === 0) return killForLimit(mm, task, memcg, asked);
    beginPass2(mm, task, memcg, wanted2);
  }
  const freed = continuePass2(mm, task);
  if (freed < 0) return SUSPENDED;
  asked.left -= freed;
  if (freed > 0) return asked.by === "reclaim" && asked.left <= 0 ? DONE : SUSPENDED;
  if (asked.retries === 0) return asked.by === "max" ? SUSPENDED : FAILED;
  asked.retries -= 1;
  return SUSPENDED;
}
var wantedOf = ({ memory }, { left: left2, above, by }) => by === "reclaim" ? left2 : memory.usage - above;
var DEATHS = 100;
function killForLimit(mm, task, memcg, asked) {
  asked.deaths += 1;
  if (asked.deaths > DEATHS || !memCgroupOom(mm, memcg)) return DONE;
  sleepOn(mm.sched, task, UNINTERRUPTIBLE, clock(mm.sched) + 10 * MILLISECOND);
  return SUSPENDED;
}

// src/linux-6.1/files/counter-file.ts
var SOURCE7 = "mm/memcontrol.c of Linux 6.1, Documentation/admin-guide/cgroup-v2.rst";
var SIZE2 = "a size with one suffix k, M, G, T, P or E at most, white space around it allowed, rounded down to whole pages; or max";
var SIZE_RULE2 = "a size is decimal, octal (0...) or hexadecimal (0x...) digits and one suffix k, M, G, T, P or E at most, or max";
var showCounter2 = (counter) => done(counter >= PAGE_COUNTER_MAX2 ? "max\n" : `${bytesOf(pages(counter))}
`);
function pagesIn(data, max4) {
  const value = parsePageCounter(data, max4);
  return value === null ? null : Math.min(Number(value >> BigInt(PAGE_SHIFT)), PAGE_COUNTER_MAX2);
}
var counterFile = (name, said, of2, written) => ({
  name,
  where: "below",
  kind: "bytes",
  reads: "bytes, or max",
  writes: SIZE2,
  source: SOURCE7,
  ...said,
  read: (_fs, { memcg }) => showCounter2(of2(memcg)),
  write: (_fs, cgroup, data) => {
    const value = pagesIn(data, "max");
    return value === null ? refuse("EINVAL", SIZE_RULE2) : written(cgroup, value) ?? OK;
  }
});

// src/linux-6.1/files/memory-stat.ts
var NOTHING2 = () => 0;
var slabBytes = ({ slab }) => slab;
var PAGES2 = {
  anon: ({ anon }) => anon,
  file: ({ file }) => file,
  kernel: ({ kmem }) => kmem,
  kernel_stack: NOTHING2,
  pagetables: ({ pageTables }) => pageTables,
  sec_pagetables: NOTHING2,
  percpu: NOTHING2,
  sock: NOTHING2,
  vmalloc: NOTHING2,
  shmem: ({ shmem }) => shmem,
  zswap: NOTHING2,
  zswapped: NOTHING2,
  file_mapped: ({ fileMapped }) => fileMapped,
  file_dirty: NOTHING2,
  file_writeback: NOTHING2,
  swapcached: NOTHING2
};
var LISTS2 = {
  inactive_anon: INACTIVE_ANON,
  active_anon: ACTIVE_ANON,
  inactive_file: INACTIVE_FILE,
  active_file: ACTIVE_FILE
};
var BYTES = {
  unevictable: NOTHING2,
  slab_reclaimable: slabBytes,
  slab_unreclaimable: NOTHING2,
  slab: slabBytes
};
var COUNTS2 = {
  workingset_refault_anon: ({ counts }) => counts.refault[0],
  workingset_refault_file: ({ counts }) => counts.refault[1],
  workingset_activate_anon: ({ counts }) => counts.activate[0],
  workingset_activate_file: ({ counts }) => counts.activate[1],
  workingset_restore_anon: ({ counts }) => counts.restore[0],
  workingset_restore_file: ({ counts }) => counts.restore[1],
  workingset_nodereclaim: ({ counts }) => counts.nodereclaim,
  pgscan: ({ counts }) => counts.pgscanKswapd + counts.pgscanDirect,
  pgsteal: ({ counts }) => counts.pgstealKswapd + counts.pgstealDirect,
  pgscan_kswapd: ({ counts }) => counts.pgscanKswapd,
  pgscan_direct: ({ counts }) => counts.pgscanDirect,
  pgsteal_kswapd: ({ counts }) => counts.pgstealKswapd,
  pgsteal_direct: ({ counts }) => counts.pgstealDirect,
  pgfault: ({ counts }) => counts.pgfault,
  pgmajfault: ({ counts }) => counts.pgmajfault,
  pgrefill: ({ counts }) => counts.pgrefill,
  pgactivate: ({ counts }) => counts.pgactivate,
  pgdeactivate: ({ counts }) => counts.pgdeactivate,
  pglazyfree: NOTHING2,
  pglazyfreed: NOTHING2,
  zswpin: NOTHING2,
  zswpout: NOTHING2
};
var STAT_KINDS = Object.fromEntries(
  [...Object.keys(PAGES2), ...Object.keys(LISTS2), ...Object.keys(BYTES)].map((name) => [name, "bytes"])
);
function memoryStat(mm, memcg) {
  const lines = [];
  const line = (name, value) => {
    lines.push(`${name} ${value}
`);
  };
  for (const [name, count2] of Object.entries(PAGES2)) line(name, sumOf(mm, memcg, count2) * PAGE_SIZE);
  for (const [name, list] of Object.entries(LISTS2)) line(name, treePages(mm, memcg, list) * PAGE_SIZE);
  for (const [name, count2] of [...Object.entries(BYTES), ...Object.entries(COUNTS2)])
    line(name, sumOf(mm, memcg, count2));
  return lines.join("");
}

// src/linux-6.1/files/memory-files.ts
var SOURCE8 = "mm/memcontrol.c of Linux 6.1, Documentation/admin-guide/cgroup-v2.rst";
var current = {
  name: "memory.current",
  mode: 292,
  where: "below",
  about: "the memory that is charged to the cgroup and to those below it now",
  kind: "bytes",
  rule: "Charged in batches of 64 pages for each CPU, so that up to 63 pages a CPU are in nobody\u2019s use.",
  initially: "0",
  source: SOURCE8,
  example: "cat -h memory.current",
  read: (_fs, { memcg }) => done(`${bytesOf(pages(memcg.memory.usage))}
`)
};
var peak = {
  name: "memory.peak",
  mode: 292,
  where: "below",
  about: "the highest usage so far",
  kind: "bytes",
  rule: "A batch that was refused further up counts.",
  initially: "0",
  source: SOURCE8,
  example: "cat -h memory.peak",
  read: (_fs, { memcg }) => done(`${bytesOf(pages(memcg.memory.watermark))}
`)
};
var mark3 = (name, said, written) => counterFile(
  `memory.${name}`,
  { ...said, steers: true },
  ({ memory }) => memory[name],
  (cgroup, value) => {
    cgroup.memcg.memory[name] = value;
    return written(cgroup, value);
  }
);
var protect = ({ memcg }) => {
  propagateProtected(memcg.memory);
  return OK;
};
var min = mark3(
  "min",
  {
    about: "what is never reclaimed of the cgroup for the sake of others",
    rule: "Of usage below it nothing is taken, above it in proportion. What is below the parent\u2019s is shared out.",
    initially: "0",
    example: "write memory.min 16M"
  },
  protect
);
var low2 = mark3(
  "low",
  {
    about: "what is reclaimed only when nothing else is left",
    rule: "As memory.min, but broken, with an event low, before the OOM killer comes.",
    initially: "0",
    example: "write memory.low 16M"
  },
  protect
);
var high2 = mark3(
  "high",
  {
    about: "who leaves the usage above this reclaims as much, and is held back; max: nobody",
    rule: "A batch charged above it is reclaimed on the way back to user mode, at once beyond one batch; then its task is held up to 2 s, by the square of what is left above.",
    initially: "max",
    example: "write memory.high 96M",
    turn: { falls: 0, rises: 1 }
  },
  (cgroup, value) => cgroup.memcg.memory.usage <= value ? OK : { wait: "reclaim", cgroup, asked: askHigh(value), strict: false }
);
var max = mark3(
  "max",
  {
    about: "no charge may take the usage above this",
    rule: "Who would charge above it reclaims first. What is above it already is reclaimed by the writer; when nothing is left, the OOM killer comes. The write succeeds all the same.",
    initially: "max; /default is booted with 128M",
    example: "write memory.max 256M",
    turn: { falls: 1, rises: 0 }
  },
  (cgroup, value) => cgroup.memcg.memory.usage <= value ? OK : { wait: "reclaim", cgroup, asked: askMax(value), strict: false }
);
var reclaim3 = {
  name: "memory.reclaim",
  mode: 128,
  about: "a size written is reclaimed before the write returns; EAGAIN when so much can not be had",
  kind: "bytes",
  writes: SIZE2,
  refusal: "memory.reclaim can only be written",
  rule: "EAGAIN when less can be had. More may be freed: a pass counts at each priority anew.",
  initially: "-",
  source: SOURCE8,
  example: "write memory.reclaim 8M",
  write: (_fs, cgroup, data) => {
    const value = pagesIn(data, "");
    if (value === null) return refuse("EINVAL", SIZE_RULE2);
    return value === 0 ? OK : { wait: "reclaim", cgroup, asked: askReclaim(value), strict: true };
  }
};
var eventsText = ({ low: low3, high: high4, max: max4, oom, oomKill, oomGroupKill }) => `low ${low3}
high ${high4}
max ${max4}
oom ${oom}
oom_kill ${oomKill}
oom_group_kill ${oomGroupKill}
`;
var eventsFile = (name, about, of2) => ({
  name,
  mode: 292,
  where: "below",
  about,
  kind: "lines",
  rule: "low: reclaimed below memory.low. high: passes for memory.high. max: charges that met memory.max.",
  initially: "zeros",
  source: SOURCE8,
  example: `cat ${name}:max`,
  read: (_fs, { memcg }) => done(eventsText(of2(memcg)))
});
var events2 = eventsFile(
  "memory.events",
  "how often limits were met, here and below",
  ({ events: counted }) => counted
);
var eventsLocal = eventsFile(
  "memory.events.local",
  "how often limits were met here",
  ({ eventsLocal: counted }) => counted
);
var stat3 = {
  name: "memory.stat",
  mode: 292,
  about: "what the memory is that the cgroup and those below it have, and what reclaim did",
  kind: "lines",
  lines: STAT_KINDS,
  rule: "Counted exactly: the kernel adds up its CPUs\u2019 counts now and then.",
  initially: "zeros",
  source: SOURCE8,
  example: "cat memory.stat:file",
  read: ({ mm }, { memcg }) => done(memoryStat(mm, memcg))
};
var oomGroup = {
  name: "memory.oom.group",
  where: "below",
  about: "1: when one dies of want of memory, all in the cgroup and below do",
  kind: "count",
  reads: "0 or 1",
  writes: "0 or 1",
  rule: "EINVAL for anything else.",
  initially: "0",
  source: SOURCE8,
  example: "write memory.oom.group 1",
  read: (_fs, { memcg }) => done(memcg.oomGroup ? "1\n" : "0\n"),
  write: (_fs, { memcg }, data) => {
    const value = kstrtoint(data);
    if (value === "ERANGE") return refuse("ERANGE", "write 0 or 1");
    if (value !== 0 && value !== 1) return refuse("EINVAL", "write 0 or 1");
    memcg.oomGroup = value === 1;
    return OK;
  }
};
var MEMORY_FILES2 = [
  current,
  peak,
  min,
  low2,
  high2,
  max,
  events2,
  eventsLocal,
  stat3,
  oomGroup,
  reclaim3
];

// src/linux-6.1/files/pids-files.ts
var SOURCE9 = "kernel/cgroup/pids.c of Linux 6.1";
var PID_MAX = 4194304;
var current2 = {
  name: "pids.current",
  mode: 292,
  where: "below",
  about: "how many tasks are in the cgroup and below",
  kind: "count",
  rule: "Moving a task in is refused by no limit.",
  initially: "0",
  source: SOURCE9,
  example: "cat pids.current",
  read: ({ mm }, { memcg }) => done(`${nrTasksBelow(mm, memcg)}
`)
};
var peak2 = {
  name: "pids.peak",
  mode: 292,
  where: "below",
  about: "how many tasks there were at most",
  kind: "count",
  rule: "In the cgroup and below.",
  initially: "0",
  source: SOURCE9,
  example: "cat pids.peak",
  read: (_fs, { memcg }) => done(`${memcg.cgroup.pidsPeak}
`)
};
var max2 = {
  name: "pids.max",
  where: "below",
  about: "how many tasks may be forked in the cgroup and below",
  kind: "count",
  reads: "a number, or max",
  writes: "a number, or max",
  rule: "Kept. Tasks here are moved in, which the kernel does not refuse.",
  initially: "max",
  source: SOURCE9,
  example: "write pids.max 100",
  read: (_fs, { memcg: { cgroup } }) => done(cgroup.pidsMax === NO_LIMIT ? "max\n" : `${cgroup.pidsMax}
`),
  write: (_fs, { memcg }, data) => {
    const value = strippedText(data) === "max" ? NO_LIMIT : kstrtoint(data);
    if (typeof value !== "number" || value < 0 || value > PID_MAX && value !== NO_LIMIT)
      return refuse("EINVAL", `write 0 to ${PID_MAX}, or max`);
    memcg.cgroup.pidsMax = value;
    return OK;
  }
};
var events3 = {
  name: "pids.events",
  mode: 292,
  where: "below",
  about: "how often a fork was refused",
  kind: "lines",
  rule: "Nobody forks inside a cgroup here: 0.",
  initially: "max 0",
  source: SOURCE9,
  example: "cat pids.events:max",
  read: () => done("max 0\n")
};
var PIDS_FILES = [current2, events3, max2, peak2];

// src/linux-6.1/files/stat-files.ts
var cpuStat = {
  name: "cpu.stat",
  mode: 292,
  about: "CPU time of the tasks in the cgroup and below",
  kind: "lines",
  rule: "In microseconds. All that emulated tasks do is done in the kernel, so it is system time.",
  initially: "zeros",
  source: "kernel/cgroup/rstat.c and kernel/sched/core.c of Linux 6.1",
  example: "cat /cpu.stat:usage_usec",
  read: ({ mm }, { memcg, parent }) => {
    const used = Math.floor(Math.max(0, cpuTime(mm, memcg)) / 1e3);
    const bandwidth = "nr_periods 0\nnr_throttled 0\nthrottled_usec 0\nnr_bursts 0\nburst_usec 0\n";
    return done(`usage_usec ${used}
user_usec 0
system_usec ${used}
${parent === null ? bandwidth : ""}`);
  }
};
var ioStat = {
  name: "io.stat",
  mode: 292,
  where: "root",
  about: "bytes that were read and written, of the whole machine",
  kind: "lines",
  rule: "8:0 is the disk, 8:16 the swap area. Requests are not counted.",
  initially: "empty",
  source: "block/blk-cgroup.c of Linux 6.1",
  example: "cat /io.stat",
  read: ({ mm: { devices } }) => {
    const line = (name, read2, write3) => {
      const [r, w] = [read2, write3].map((index) => (devices[index]?.completed ?? 0) * PAGE_SIZE);
      return r + w === 0 ? "" : `${name} rbytes=${r} wbytes=${w}
`;
    };
    return done(line("8:0", DISK_READ, DISK_WRITE) + line("8:16", SWAP_READ, SWAP_WRITE));
  }
};
var STAT_FILES = [cpuStat, ioStat];

// src/linux-6.1/files/swap-files.ts
var SOURCE10 = "mm/memcontrol.c of Linux 6.1, Documentation/admin-guide/cgroup-v2.rst";
var amount = (name, about, rule, of2) => ({
  name,
  mode: 292,
  where: "below",
  about,
  kind: "bytes",
  rule,
  initially: "0",
  source: SOURCE10,
  example: `cat -h ${name}`,
  read: (_fs, { memcg }) => done(`${bytesOf(pages(of2(memcg)))}
`)
});
var current3 = amount(
  "memory.swap.current",
  "swap that is charged to the cgroup and to those below it now",
  "Counted apart from memory.current.",
  ({ swap }) => swap.usage
);
var zswapCurrent = amount("memory.zswap.current", "memory of zswap", "There is no zswap here: 0.", () => 0);
var max3 = counterFile(
  "memory.swap.max",
  {
    about: "no more swap than this is charged; what does not fit stays in memory",
    rule: "What is above it already stays there.",
    initially: "max",
    example: "write memory.swap.max 64M"
  },
  ({ swap }) => swap.max,
  ({ memcg }, value) => {
    memcg.swap.max = value;
  }
);
var high3 = counterFile(
  "memory.swap.high",
  {
    about: "who has more swap than this is held back when it charges memory",
    rule: "As memory.high holds back.",
    initially: "max",
    example: "write memory.swap.high 32M"
  },
  ({ swap }) => swap.high,
  ({ memcg }, value) => {
    memcg.swap.high = value;
  }
);
var zswapMax = counterFile(
  "memory.zswap.max",
  {
    about: "no more zswap than this",
    rule: "Kept, and not acted upon: there is no zswap here.",
    initially: "max",
    example: "write memory.zswap.max 0"
  },
  ({ cgroup }) => cgroup.zswapMax,
  ({ memcg }, value) => {
    memcg.cgroup.zswapMax = value;
  }
);
var events4 = {
  name: "memory.swap.events",
  mode: 292,
  where: "below",
  about: "how often the limits of swap were met",
  kind: "lines",
  rule: "max: a page found no room below memory.swap.max. fail: no swap was left.",
  initially: "zeros",
  source: SOURCE10,
  example: "cat memory.swap.events:max",
  read: (_fs, { memcg: { swapEvents: counted } }) => done(`high ${counted.high}
max ${counted.max}
fail ${counted.fail}
`)
};
var SWAP_FILES = [current3, events4, high3, max3, zswapCurrent, zswapMax];

// src/linux-6.1/controller.ts
var MAX_WRITE2 = 4096;
var TOO_LONG = refuse("E2BIG", `more than ${MAX_WRITE2} bytes at once`);
function throughKernfs(file) {
  const { write: write3 } = file;
  if (write3 === void 0) return file;
  return {
    ...file,
    write: (fs, cgroup, data, writer) => {
      if (data.length === 0) return OK;
      return data.length > MAX_WRITE2 ? TOO_LONG : write3(fs, cgroup, data, writer);
    }
  };
}
var CONTROL_FILES2 = [
  ...CGROUP_FILES2,
  ...LIMIT_FILES,
  ...STAT_FILES,
  ...MEMORY_FILES2,
  ...SWAP_FILES,
  ...PIDS_FILES
].map(throughKernfs).sort((a, b) => a.name < b.name ? -1 : 1);
var filesOf = (place2) => CONTROL_FILES2.filter(({ where }) => where === void 0 || where === place2);
var ROOT = filesOf("root");
var BELOW = filesOf("below");
var byControllers = /* @__PURE__ */ new Map();
function filesWith(controllers2) {
  const known = byControllers.get(controllers2);
  if (known !== void 0) return known;
  const files4 = BELOW.filter(({ name }) => {
    const bit = name === "cpu.stat" ? 0 : bitOf(name.slice(0, name.indexOf(".")));
    return bit === 0 || (controllers2 & bit) !== 0;
  });
  byControllers.set(controllers2, files4);
  return files4;
}
function mayMake(mm, parent, name) {
  if (name.includes("\n")) return refuse("EINVAL", "a name has no line breaks");
  let level = 1;
  for (let at = parent; at !== null; at = parentOf(mm, at), level += 1) {
    const { maxDepth, maxDescendants } = at.cgroup;
    if (maxDescendants !== NO_LIMIT && descendants(mm, at).live >= maxDescendants)
      return refuse("EAGAIN", `${at.path} may have ${maxDescendants} below it (cgroup.max.descendants)`);
    if (level > maxDepth)
      return refuse("EAGAIN", `${at.path} may have ${maxDepth} levels below it (cgroup.max.depth)`);
  }
  return null;
}
function notEnabled({ memcgs }, memcg, name) {
  if (!BELOW.some((file) => file.name === name)) return "";
  if (memcg.id === ROOT_MEMCG) return ": the root has no such file";
  const above = memcgs[memcg.parent]?.path ?? "/";
  const controller = name.slice(0, name.indexOf("."));
  return `: enable ${controller} there first: write +${controller} to ${above === "/" ? "" : above}/cgroup.subtree_control`;
}
var CONTROLLER2 = {
  traits: {
    rootMode: 365,
    nameMax: null,
    maxFiles: 64,
    renames: false,
    resizes: false,
    writesMove: true,
    magic: 1667723888,
    linksWhenRemoved: 2
  },
  create: (mm, path, parent) => memCgroupCreate2(mm, path, parent),
  mayMake,
  mayEnter: (_fs, cgroup, _task) => mayHostTasks(cgroup),
  holdsBack: () => null,
  remove: removeMemcg,
  files: (mm, memcg) => {
    if (memcg.id === ROOT_MEMCG) return ROOT;
    const parent = memcg.online ? mm.memcgs[memcg.parent] : null;
    return parent ? filesWith(controlOf(memcg.cgroup, parent.cgroup)) : BELOW;
  },
  possibleFiles: (_mm, root) => root ? ROOT : BELOW,
  allFiles: () => CONTROL_FILES2,
  insteadOf: (mm, memcg, name) => insteadOf(name, 2, (two) => (memcg.id === ROOT_MEMCG ? ROOT : BELOW).some((file) => file.name === two)) || notEnabled(mm, memcg, name)
};

// src/linux-6.1/global-reclaim.ts
var RETRIES = 16;
function globalReclaim2(mm, task, charge) {
  if (charge.globalTries === 0) charge.globalTries = 1;
  else {
    const freed = continuePass2(mm, task);
    if (freed < 0) return SUSPENDED;
    if (mm.freePages > 0) {
      charge.globalTries = 0;
      return DONE;
    }
    if (freed === 0) charge.globalTries += 1;
    if (charge.globalTries > RETRIES) {
      memCgroupOom(mm, null);
      charge.globalTries = 0;
      return FAILED;
    }
  }
  beginPass2(mm, task, memcgOf(mm, ROOT_MEMCG), 1);
  return DONE;
}

// src/linux-6.1/memory-high.ts
var MAX_RECLAIM_RETRIES3 = 16;
var PRECISION_SHIFT2 = 20n;
var SCALING_SHIFT2 = 14n;
var HZ2 = 100n;
var MAX_DELAY2 = 200;
var LENIENT_DELAY2 = 1;
var JIFFY = 10 * MILLISECOND;
var isAbove2 = ({ memory }) => memory.usage > memory.high;
function owe2(mm, task, memcg, count2) {
  for (let at = memcg; at !== null; at = parentOf(mm, at)) {
    if (!isAbove2(at)) continue;
    task.overHigh ??= newOverHigh();
    task.overHigh.pages += count2;
    memcg.stat.overHigh += count2;
    return;
  }
}
var newOverHigh = () => ({
  pages: 0,
  since: -1,
  owed: 0,
  wanted: 0,
  next: 0,
  freed: 0,
  retries: 0,
  until: 0
});
var isOver = ({ overHigh }) => overHigh !== null && overHigh.pages > CHARGE_BATCH2;
function continueOverHigh(mm, task) {
  const over = task.overHigh;
  if (over === null) return DONE;
  const memcg = memCgroupFromTask(mm, task);
  if (over.since < 0) begin2(mm, over, memcg);
  for (; ; ) {
    if (over.until > 0) {
      if (clock(mm.sched) >= over.until || task.killed) return end3(mm, task, memcg, over);
      sleepOn(mm.sched, task, INTERRUPTIBLE, over.until);
      return SUSPENDED;
    }
    while (over.next > 0) {
      const at = memcgOf(mm, over.next);
      if (task.pass.active || isAbove2(at)) {
        if (!task.pass.active) {
          memoryEvent(mm, at, "high");
          beginPass2(mm, task, at, over.wanted);
        }
        const freed = continuePass2(mm, task);
        if (freed < 0) return SUSPENDED;
        over.freed += freed;
      }
      over.next = nextAbove(mm, at);
    }
    const delay = highDelay2(mm, memcg, over.owed);
    if (delay <= LENIENT_DELAY2 || task.killed) return end3(mm, task, memcg, over);
    if (over.freed > 0 || over.retries > 0) {
      if (over.freed === 0) over.retries -= 1;
      beginRound2(over, memcg, SWAP_CLUSTER_MAX);
      return SUSPENDED;
    }
    over.until = clock(mm.sched) + delay * JIFFY;
  }
}
function begin2(mm, over, memcg) {
  over.since = clock(mm.sched);
  over.retries = MAX_RECLAIM_RETRIES3;
  over.owed = over.pages;
  over.pages = 0;
  over.until = 0;
  beginRound2(over, memcg, over.owed);
}
function beginRound2(over, memcg, wanted2) {
  over.wanted = wanted2;
  over.freed = 0;
  over.next = isRoot(memcg) ? 0 : memcg.id;
}
function nextAbove(mm, memcg) {
  const parent = parentOf(mm, memcg);
  return parent === null || isRoot(parent) ? 0 : parent.id;
}
function overHighNow(mm, task) {
  const over = task.overHigh;
  if (over === null) return;
  begin2(mm, over, memCgroupFromTask(mm, task));
  while (over.next > 0) {
    const at = memcgOf(mm, over.next);
    if (isAbove2(at)) {
      memoryEvent(mm, at, "high");
      runPass(mm, task, at, over.wanted);
    }
    over.next = nextAbove(mm, at);
  }
  forget(task, over);
}
function highDelay2(mm, memcg, pages2) {
  let most = 0n;
  for (let at = memcg; at !== null && !isRoot(at); at = parentOf(mm, at)) {
    const above = at.memory.usage - at.memory.high;
    if (above <= 0) continue;
    const overage = (BigInt(above) << PRECISION_SHIFT2) / BigInt(Math.max(at.memory.high, 1));
    if (overage > most) most = overage;
  }
  const penalty = most * most * HZ2 >> PRECISION_SHIFT2 + SCALING_SHIFT2;
  return Math.min(MAX_DELAY2, Number(penalty * BigInt(pages2) / BigInt(CHARGE_BATCH2)));
}
function end3(mm, task, memcg, over) {
  if (clock(mm.sched) > over.since) endStall(mm, task, memcg, over.since, true);
  forget(task, over);
  return DONE;
}
function forget(task, over) {
  over.since = -1;
  if (over.pages === 0) task.overHigh = null;
}
function doNotifyResume(mm, task) {
  const { overHigh } = task;
  if (overHigh === null || task.charge !== null || task.inKernel && overHigh.since < 0) return null;
  task.inKernel = true;
  if (continueOverHigh(mm, task) === SUSPENDED) return task.state === RUNNING ? MAY_PREEMPT : BLOCK;
  dropPass2(mm, task);
  task.inKernel = false;
  return null;
}

// src/linux-6.1/charge.ts
var MAX_RECLAIM_RETRIES4 = 16;
var newCharge = (noRetry) => ({
  batch: CHARGE_BATCH2,
  retries: MAX_RECLAIM_RETRIES4,
  drained: false,
  passedOom: false,
  over: false,
  noRetry,
  limited: 0,
  globalTries: 0,
  since: TIME_0 - 1
});
var isStocked = (mm, task, memcg) => {
  const cpu = mm.own.cpus[task.cpu];
  return isRoot(memcg) || cpu.reserved === memcg.id || cpu.memcg === memcg.id && cpu.pages > 0;
};
function hasRoom2(mm, task) {
  const memcg = memCgroupFromTask(mm, task);
  if (mm.freePages === 0) return false;
  if (isStocked(mm, task, memcg)) return true;
  for (let at = memcg.memory; at !== null; at = at.parent)
    if (margin(at) < 1) return false;
  return true;
}
function tryCharge2(mm, task, noRetry = false) {
  const memcg = memCgroupFromTask(mm, task);
  if (task.charge === null) {
    if (isStocked(mm, task, memcg) && mm.freePages > 0) return DONE;
    task.charge = newCharge(noRetry);
  }
  const { charge } = task;
  const status = chargeSlowly2(mm, task, memcg, charge);
  if (status === SUSPENDED) return SUSPENDED;
  task.charge = null;
  if (charge.since >= 0) endStall(mm, task, memcg, charge.since, status === DONE);
  return status;
}
function chargeSlowly2(mm, task, memcg, charge) {
  for (; ; ) {
    if (charge.over) {
      if (continueOverHigh(mm, task) === SUSPENDED) return SUSPENDED;
      charge.over = false;
      if (isStocked(mm, task, memcg) && mm.freePages > 0) return DONE;
      continue;
    }
    if (charge.limited > 0) {
      const freed = continuePass2(mm, task);
      if (freed < 0) return SUSPENDED;
      const again = mayTryAgain(mm, task, charge, freed);
      charge.limited = 0;
      if (!again) return FAILED;
      if (charge.passedOom && !task.killed && mm.nrDying > 0) {
        sleepOn(mm.sched, task, UNINTERRUPTIBLE, clock(mm.sched) + 10 * MILLISECOND);
        return SUSPENDED;
      }
    }
    if (mm.freePages === 0 || charge.globalTries > 0) {
      const status = globalReclaim2(mm, task, charge);
      if (status !== DONE) return status;
      continue;
    }
    if (isStocked(mm, task, memcg)) return DONE;
    const limited = tryCounters(mm, task, memcg, charge);
    if (limited === null) {
      charge.over = isOver(task);
      if (charge.over) continue;
      return DONE;
    }
    meetLimit(mm, task, limited, charge);
    beginPass2(mm, task, limited, 1);
  }
}
function tryCounters(mm, task, memcg, charge) {
  let counter = tryChargeCounter(memcg.memory, charge.batch);
  if (counter !== null && charge.batch > 1) {
    charge.batch = 1;
    counter = tryChargeCounter(memcg.memory, 1);
  }
  if (counter === null) {
    const cpu = mm.own.cpus[task.cpu];
    reserve(mm, cpu, memcg.id);
    if (charge.batch > 1) refillStock(mm, cpu, memcg.id, charge.batch - 1);
    owe2(mm, task, memcg, charge.batch);
    return null;
  }
  let at = memcg;
  for (let up = parentOf(mm, at); at.memory !== counter && up !== null; up = parentOf(mm, at)) at = up;
  return at;
}
function meetLimit(mm, task, limited, charge) {
  charge.limited = limited.id;
  memoryEvent(mm, limited, "max");
  const time = clock(mm.sched);
  if (charge.since < 0) charge.since = time;
  mm.observer?.({
    type: "limit-failure",
    time: ns(time),
    cgroup: limited.path,
    pid: task.pid,
    usage: pages(limited.memory.usage)
  });
}
function mayTryAgain(mm, task, charge, freed) {
  const limited = memcgOf(mm, charge.limited);
  if (margin(limited.memory) >= 1) return true;
  if (!charge.drained) {
    drainAllStock(mm, limited);
    charge.drained = true;
    return true;
  }
  if (charge.noRetry) return false;
  if (freed > 0) return true;
  if (charge.retries > 0) {
    charge.retries -= 1;
    return true;
  }
  if (charge.passedOom && task.killed) return false;
  if (!memCgroupOom(mm, limited)) return false;
  charge.passedOom = true;
  charge.retries = MAX_RECLAIM_RETRIES4;
  return true;
}
function chargeObject(mm, task, memcg, bytes2, noRetry) {
  if (isRoot(memcg)) return true;
  const cpu = mm.own.cpus[task.cpu];
  if (!consumeObjStock(cpu, memcg.id, bytes2)) {
    if (!chargeKmem(mm, task, memcg, noRetry)) return false;
    refillObjStock(mm, cpu, memcg, PAGE_BYTES - bytes2, false);
  }
  countSlab(cpu, memcg, bytes2);
  return true;
}
function chargeKmem(mm, task, memcg, noRetry) {
  const cpu = mm.own.cpus[task.cpu];
  const charge = newCharge(noRetry);
  while (!consumeStock(cpu, memcg.id, 1)) {
    const limited = tryCounters(mm, task, memcg, charge);
    if (limited === null) {
      cpu.reserved = 0;
      if (isOver(task)) overHighNow(mm, task);
      break;
    }
    meetLimit(mm, task, limited, charge);
    if (!mayTryAgain(mm, task, charge, runPass(mm, task, limited, 1))) return false;
    if (charge.passedOom && !task.killed) return false;
  }
  memcg.kmem += 1;
  return true;
}

// src/linux-6.1/page-cache.ts
function addToPageCache2(mm, task, mapping, page, slot, flags, writes, noRetry = false) {
  const memcg = memCgroupFromTask(mm, task);
  const cpu = mm.own.cpus[task.cpu];
  const pfn = allocFrame(mm, task.node);
  mm.frames.flags[pfn] |= flags;
  mm.frames.slot[pfn] = slot;
  mm.sched.cost += mm.costs.charge;
  commitCharge(mm, cpu, memcg, pfn);
  if (!hasNode(mm, slot) && !makeNodes(mm, mapping, page, slot, memcg, () => chargeObject(mm, task, memcg, NODE_BYTES, noRetry))) {
    unaccount2(mm, pfn);
    freeFrame(mm, pfn);
    return false;
  }
  const shadow = shadowIn(mm, slot);
  mm.tables.slots[slot] = pfn;
  entryCame(mm, slot);
  if (!writes) workingsetRefault(mm, pfn, shadow);
  addLru(mm, cpu, pfn);
  return true;
}

// src/linux-6.1/page-writeback.ts
var BACKGROUND_RATIO2 = 10;
var DIRTY_RATIO2 = 20;
var PAUSE = 200 * MILLISECOND;
var RATELIMIT = 32;
function limitsOf(available) {
  const background = Math.floor(available * BACKGROUND_RATIO2 / 100);
  const limit3 = Math.floor(available * DIRTY_RATIO2 / 100);
  return { free: Math.floor((background + limit3) / 2), background };
}
function globalLimits(mm) {
  const file = sumOf(mm, memcgOf(mm, ROOT_MEMCG), (each) => each.file);
  return limitsOf(mm.freePages + file);
}
function memcgLimits(mm, memcg) {
  let headroom = mm.freePages;
  for (let at = memcg; at.parent !== 0; at = memcgOf(mm, at.parent)) {
    headroom = Math.min(headroom, Math.min(margin(at.memory), Math.max(0, at.memory.high - at.memory.usage)));
  }
  const file = sumOf(mm, memcg, (each) => each.file);
  return limitsOf(file + headroom);
}
function ratelimited2(mm) {
  mm.own.dirtied += 1;
  if (mm.own.dirtied < RATELIMIT) return false;
  mm.own.dirtied = 0;
  return true;
}
function balanceDirtyPages2(mm, task, memcg) {
  finishWait(mm.congestion, task);
  const dirty = mm.nrDirty + mm.nrWriteback;
  const machine = globalLimits(mm);
  const group = memcg.parent === 0 ? machine : memcgLimits(mm, memcg);
  if (mm.nrDirty > Math.min(machine.background, group.background) && mm.flusher !== null) {
    mm.flushRequest = Math.max(mm.flushRequest, mm.nrDirty);
    wakeUp(mm.sched, mm.flusher);
  }
  if (dirty <= Math.min(machine.free, group.free) || mm.nrWriteback === 0) return DONE;
  congestionWait(mm, task, PAUSE);
  return SUSPENDED;
}
var flusherStep = (mm, thread) => flushSome(mm, thread, () => globalLimits(mm).background, PAUSE);

// src/linux-6.1/readahead.ts
var MAX_PAGES2 = 32;
function syncReadahead2(mm, ra, index, request) {
  if (ra.readahead) ondemandReadahead2(mm, ra, index, request, false);
  else beginBatch2(ra, index, request, 0);
}
function asyncReadahead2(mm, ra, index, request) {
  const slot = findSlot(ra.mapping, index);
  const pfn = slot < 0 ? 0 : mm.tables.slots[slot];
  if (pfn > 0 && (mm.frames.flags[pfn] & PG_WRITEBACK) !== 0) return;
  ondemandReadahead2(mm, ra, index, request, true);
}
function ondemandReadahead2(mm, ra, index, request, marker) {
  if (index === 0) {
    beginSequence(ra, index, request);
    return;
  }
  if (index === ra.start + ra.size - ra.asyncSize || index === ra.start + ra.size) {
    ra.start += ra.size;
    ra.size = nextSize2(ra.size);
    ra.asyncSize = ra.size;
    readIt(ra, index);
    return;
  }
  if (marker) {
    const hole = nextMiss(mm, ra.mapping, index + 1);
    if (hole - index > MAX_PAGES2) return;
    ra.start = hole;
    ra.size = nextSize2(hole - index + request);
    ra.asyncSize = ra.size;
    readIt(ra, index);
    return;
  }
  const step3 = index - ra.previous - 1;
  if (request > MAX_PAGES2 || ra.previous >= 0 && (step3 === 0 || step3 === 1)) {
    beginSequence(ra, index, request);
    return;
  }
  const history = pagesBefore(mm, ra.mapping, index);
  if (history > request) {
    ra.start = index;
    ra.size = Math.min((history >= index ? 2 * history : history) + request, MAX_PAGES2);
    ra.asyncSize = 1;
    readIt(ra, index);
    return;
  }
  beginBatch2(ra, index, request, 0);
}
function beginSequence(ra, index, request) {
  ra.start = index;
  ra.size = initialSize2(request);
  ra.asyncSize = ra.size > request ? ra.size - request : ra.size;
  readIt(ra, index);
}
function readIt(ra, index) {
  if (index === ra.start && ra.size === ra.asyncSize) {
    const more = nextSize2(ra.size);
    const merged = ra.size + more <= MAX_PAGES2;
    ra.asyncSize = merged ? more : MAX_PAGES2 >> 1;
    ra.size = merged ? ra.size + more : MAX_PAGES2;
  }
  beginBatch2(ra, ra.start, ra.size, ra.asyncSize);
}
function initialSize2(request) {
  const size2 = 1 << 32 - Math.clz32(Math.min(request, 2 * MAX_PAGES2) - 1);
  if (size2 <= MAX_PAGES2 / 32) return size2 * 4;
  return size2 <= MAX_PAGES2 / 4 ? size2 * 2 : MAX_PAGES2;
}
function nextSize2(size2) {
  if (size2 < MAX_PAGES2 / 16) return 4 * size2;
  return size2 <= MAX_PAGES2 / 2 ? 2 * size2 : MAX_PAGES2;
}
var isThere = (mm, mapping, page) => {
  const slot = page < 0 ? -1 : findSlot(mapping, page);
  return slot >= 0 && mm.tables.slots[slot] > 0;
};
function nextMiss(mm, mapping, from) {
  let page = from;
  while (page - from < MAX_PAGES2 - 1 && isThere(mm, mapping, page)) page += 1;
  return page;
}
function pagesBefore(mm, mapping, index) {
  let count2 = 0;
  while (count2 < MAX_PAGES2 - 1 && isThere(mm, mapping, index - 1 - count2)) count2 += 1;
  return count2;
}
function beginBatch2(ra, start, size2, lookahead) {
  const count2 = Math.min(size2, ra.mapping.length - start);
  ra.batchNext = start;
  ra.batchEnd = start + Math.max(0, count2);
  ra.batchMarker = lookahead > 0 ? start + count2 - lookahead : -1;
}
function readExactly2(ra, start, end4) {
  ra.batchNext = start;
  ra.batchEnd = end4;
  ra.batchMarker = -1;
}
function readPages2(mm, task, ra) {
  while (ra.batchNext < ra.batchEnd) {
    const page = ra.batchNext;
    const slot = slotOf(mm, ra.mapping, page);
    if (mm.tables.slots[slot] > 0 && !isCharging(task)) {
      ra.batchNext += 1;
      continue;
    }
    const status = tryCharge2(mm, task, true);
    if (status === SUSPENDED) return SUSPENDED;
    if (status === DONE && mm.tables.slots[slot] <= 0) {
      const flags = page === ra.batchMarker ? PG_LOCKED | PG_READAHEAD : PG_LOCKED;
      if (addToPageCache2(mm, task, ra.mapping, page, slot, flags, false, true)) extendRun2(mm, ra, slot);
    }
    ra.batchNext += 1;
    if (ra.batchNext < ra.batchEnd && needResched(mm.sched, task)) return SUSPENDED;
  }
  submitRun2(mm, ra);
  return DONE;
}
function extendRun2(mm, ra, slot) {
  if (slot !== ra.runStart + ra.runLength) {
    submitRun2(mm, ra);
    ra.runStart = slot;
  }
  ra.runLength += 1;
}
function submitRun2(mm, ra) {
  if (ra.runLength > 0) submit(mm, DISK_READ, ra.runStart, ra.runLength);
  ra.runLength = 0;
}

// src/linux-6.1/filemap.ts
var openFile2 = (mapping, readahead) => ({
  mapping,
  index: 0,
  last: 0,
  readahead,
  previous: -1,
  start: 0,
  size: 0,
  asyncSize: 0,
  tried: -1,
  batchNext: 0,
  batchEnd: 0,
  batchMarker: -1,
  runStart: 0,
  runLength: 0,
  balancing: false
});
function beginCall4(file, first, end4) {
  file.index = first;
  file.last = end4;
  file.tried = -1;
}
var LOOKED_UP = 15;
function genericFileRead2(mm, task, file) {
  while (file.index < file.last) {
    if (file.batchNext >= file.batchEnd && needResched(mm.sched, task)) return SUSPENDED;
    if (file.batchNext >= file.batchEnd && !isCharging(task) && copyRun2(mm, file)) continue;
    const status = bringIn2(mm, task, file, file.last - file.index);
    if (status !== DONE) return status;
  }
  return DONE;
}
function copyRun2(mm, file) {
  const { slots } = mm.tables;
  const { flags } = mm.frames;
  const first = slotOf(mm, file.mapping, file.index);
  const most = Math.min(file.last - file.index, slotsToChunkEnd(first), LOOKED_UP);
  let count2 = 0;
  while (count2 < most) {
    const pfn = slots[first + count2];
    if (pfn <= 0 || (flags[pfn] & (PG_LOCKED | PG_READAHEAD)) !== 0) break;
    count2 += 1;
  }
  const next = count2 < most ? slots[first + count2] : 0;
  if (next > 0 && (flags[next] & PG_READAHEAD) !== 0) return false;
  if (count2 === 0) return false;
  for (let i = 0; i < count2; i += 1) {
    if (i > 0 || file.index !== file.previous) markAccessed(mm, slots[first + i]);
  }
  file.index += count2;
  file.previous = file.index - 1;
  mm.sched.cost += count2 * mm.costs.copy;
  return true;
}
function bringIn2(mm, task, file, request) {
  const { index } = file;
  if (file.batchNext < file.batchEnd) return readPages2(mm, task, file);
  const slot = slotOf(mm, file.mapping, index);
  if (isCharging(task)) return readOnePage2(mm, task, file, slot);
  const marker = nextMarker(mm, file, slot);
  if (marker >= 0) {
    mm.frames.flags[mm.tables.slots[slot + marker]] &= ~PG_READAHEAD;
    asyncReadahead2(mm, file, index + marker, request - marker);
    return DONE;
  }
  if (mm.tables.slots[slot] > 0) {
    waitFor(mm, task, DISK_READ, slot);
    return SUSPENDED;
  }
  if (file.tried !== index) {
    file.tried = index;
    syncReadahead2(mm, file, index, request);
    if (file.batchNext < file.batchEnd) return DONE;
  }
  return readOnePage2(mm, task, file, slot);
}
function nextMarker(mm, file, slot) {
  const { slots } = mm.tables;
  const { flags } = mm.frames;
  const most = Math.min(file.last - file.index, slotsToChunkEnd(slot), LOOKED_UP);
  for (let i = 0; i < most; i += 1) {
    const pfn = slots[slot + i];
    if (pfn <= 0) return -1;
    if ((flags[pfn] & PG_READAHEAD) !== 0) return i;
    if ((flags[pfn] & PG_LOCKED) !== 0) return -1;
  }
  return -1;
}
function readOnePage2(mm, task, file, slot) {
  const status = tryCharge2(mm, task);
  if (status !== DONE) return status;
  if (mm.tables.slots[slot] > 0) return DONE;
  if (!addToPageCache2(mm, task, file.mapping, file.index, slot, PG_LOCKED, false)) return FAILED;
  submit(mm, DISK_READ, slot, 1);
  return DONE;
}
function genericFileWrite2(mm, task, file) {
  const { mapping } = file;
  while (file.index < file.last || file.balancing) {
    if (needResched(mm.sched, task)) return SUSPENDED;
    if (file.balancing) {
      if (balanceDirtyPages2(mm, task, memCgroupFromTask(mm, task)) === SUSPENDED) return SUSPENDED;
      file.balancing = false;
      continue;
    }
    const slot = slotOf(mm, mapping, file.index);
    let pfn = mm.tables.slots[slot];
    if (pfn <= 0 || isCharging(task)) {
      const status = tryCharge2(mm, task);
      if (status !== DONE) return status;
      pfn = mm.tables.slots[slot];
      if (pfn <= 0) {
        if (!addToPageCache2(mm, task, mapping, file.index, slot, 0, true)) return FAILED;
        pfn = mm.tables.slots[slot];
      }
    } else if ((mm.frames.flags[pfn] & PG_LOCKED) !== 0) {
      waitFor(mm, task, DISK_READ, slot);
      return SUSPENDED;
    }
    if ((mm.frames.flags[pfn] & PG_PRIVATE) === 0) {
      chargeObject(mm, task, memcgOf(mm, mm.frames.memcg[pfn]), BUFFER_BYTES, false);
      mm.frames.flags[pfn] |= PG_PRIVATE;
    }
    setPageDirty(mm, mapping, slot, pfn);
    mm.sched.cost += mm.costs.writeBegin + mm.costs.copy;
    file.index += 1;
    if (mapping.length < file.index) mapping.length = file.index;
    file.balancing = ratelimited2(mm);
  }
  return DONE;
}

// src/linux-6.1/page-tables.ts
var VMA_BYTES = 328;
function chargePageTable(mm, task, memcg, slot) {
  const chunk = slot >> CHUNK_SHIFT;
  const { own: own5, tables } = mm;
  if (own5.pageTables.length < tables.chunkMapping.length)
    own5.pageTables = grown(own5.pageTables, new Uint16Array(tables.chunkMapping.length));
  if (own5.pageTables[chunk] > 0 || isRoot(memcg)) return true;
  if (tables.chunkPlace[chunk] === 0 && !chargeObject(mm, task, memcg, VMA_BYTES, false)) return false;
  if (!chargeKmem(mm, task, memcg, false)) return false;
  own5.pageTables[chunk] = memcg.id;
  memcg.pageTables += 1;
  return true;
}
function freePageTable(mm, chunk) {
  const { own: own5, tables } = mm;
  const memcg = mm.memcgs[own5.pageTables[chunk] ?? 0];
  if (memcg === null || memcg === void 0 || memcg.id === 0) return;
  const cpu = own5.cpus[mm.sched.current?.cpu ?? 0];
  own5.pageTables[chunk] = 0;
  memcg.pageTables -= 1;
  memcg.kmem -= 1;
  refillStock(mm, cpu, memcg.id, 1);
  if (tables.chunkPlace[chunk] !== 0) return;
  refillObjStock(mm, cpu, memcg, VMA_BYTES, true);
  countSlab(cpu, memcg, -VMA_BYTES);
}

// src/linux-6.1/memory.ts
var NO_FAULT2 = 0;
var SWAP_READ_DONE2 = 1;
function anonymousFault2(mm, task, slot) {
  const content = mm.tables.slots[slot];
  if (isSwapped(content) && task.faultStage === NO_FAULT2) {
    const entry2 = swapEntryOf(content);
    mm.sched.cost += mm.costs.fault;
    task.faultStage = SWAP_READ_DONE2;
    submit(mm, SWAP_READ, entry2, 1);
    waitFor(mm, task, SWAP_READ, entry2);
    return SUSPENDED;
  }
  const memcg = memCgroupFromTask(mm, task);
  if (!isCharging(task) && !chargePageTable(mm, task, memcg, slot)) return FAILED;
  const status = tryCharge2(mm, task);
  if (status !== DONE) {
    if (status !== SUSPENDED) task.faultStage = NO_FAULT2;
    return status;
  }
  memcg.counts.pgfault += 1;
  if (!isSwapped(content)) {
    mm.sched.cost += mm.costs.fault;
    addResident2(mm, task, slot, "anon");
    return DONE;
  }
  const entry = swapEntryOf(content);
  memcg.counts.pgmajfault += 1;
  memcg.stat.swapIn += 1;
  task.faultStage = NO_FAULT2;
  addResident2(mm, task, slot, "anon", entry);
  freeSwapped(mm, entry);
  return DONE;
}
function freeSwapped(mm, entry) {
  const owner = mm.memcgs[mm.own.swapMemcg[entry]];
  if (owner !== null && owner !== void 0) unchargeCounter2(owner.swap, 1);
  freeSwapEntry(mm, entry);
}
var NEW_PAGE2 = {
  anon: PG_ANON,
  file: PG_MAPPED,
  shmem: PG_ANON | PG_SHMEM
};
function addResident2(mm, task, slot, kind, entry = 0) {
  const pfn = allocFrame(mm, task.node);
  const cpu = mm.own.cpus[task.cpu];
  mm.frames.slot[pfn] = slot;
  mm.frames.flags[pfn] |= NEW_PAGE2[kind];
  mm.sched.cost += mm.costs.charge;
  commitCharge(mm, cpu, memCgroupFromTask(mm, task), pfn);
  mm.tables.slots[slot] = pfn;
  mm.tables.young[slot] = 1;
  if (kind === "file") entryCame(mm, slot);
  if (entry > 0) swapRefault(mm, pfn, entry);
  addLru(mm, cpu, pfn);
}
function fileFault2(mm, task, file) {
  for (; ; ) {
    const slot = slotOf(mm, file.mapping, file.index);
    const pfn = mm.tables.slots[slot];
    const busy = pfn <= 0 || isCharging(task) || (mm.frames.flags[pfn] & (PG_LOCKED | PG_READAHEAD)) !== 0;
    if (!busy && file.batchNext >= file.batchEnd) {
      mapPage(mm, slot, pfn);
      memCgroupFromTask(mm, task).counts.pgfault += 1;
      mm.sched.cost += mm.costs.fault;
      file.previous = file.index;
      return DONE;
    }
    const status = bringIn2(mm, task, file, 1);
    if (status !== DONE) return status;
  }
}
function mapPage(mm, slot, pfn) {
  const { flags, memcg } = mm.frames;
  if ((flags[pfn] & PG_MAPPED) === 0) memcgOf(mm, memcg[pfn]).fileMapped += 1;
  flags[pfn] |= PG_MAPPED;
  mm.tables.young[slot] = 1;
}

// src/linux-6.1/kernel.ts
var reclaimStat2 = (memcg) => reclaimStatOf(memcg, "none", memcg.stat.bgCpu);
var KERNEL2 = {
  tryCharge: (mm, task) => tryCharge2(mm, task),
  hasRoom: hasRoom2,
  addResident: (mm, task, slot, kind) => addResident2(mm, task, slot, kind),
  uncharge: uncharge2,
  unmapped: (mm, task) => lruAddDrain(mm, task.cpu),
  chunkFreed: (mm, chunk) => {
    freeLeaves(mm, chunk);
    freePageTable(mm, chunk);
  },
  // rmdir leaves the pages where they are, charged to what was removed.
  forceEmpty: () => DONE,
  proactiveReclaim: (mm, task, memcg, asked) => proactiveReclaim2(mm, task, memcg, asked),
  anonymousFault: anonymousFault2,
  fileFault: fileFault2,
  openFile: openFile2,
  beginCall: beginCall4,
  readExactly: readExactly2,
  genericFileRead: genericFileRead2,
  genericFileWrite: genericFileWrite2,
  countWriteout: () => void 0,
  activatesItself: true,
  beginAlone: () => false,
  endAlone: () => void 0,
  pageWasRead: (file, page, slot) => {
    beginCall4(file, page + 1, page + 1);
    readExactly2(file, page + 1, page + 1);
    file.previous = page;
    file.runStart = slot;
  },
  newPass: newPass2,
  taskJoined: (mm, task) => taskJoined(mm, task),
  taskLeaves: (mm, task) => taskLeaves(mm, task),
  startThreads: (mm) => {
    mm.flusher = kthreadRun(mm, "flusher", "kworker/u2:0-flush", 0);
  },
  reclaimerStep: () => {
    throw new Error("nobody reclaims in the background");
  },
  flusherStep,
  daemonExited: () => void 0,
  doNotifyResume,
  dropPass: dropPass2,
  usage: usage3,
  // Of the cgroup itself: nobody reclaims in the background.
  reclaimStat: reclaimStat2,
  figures: (mm, memcg) => {
    const { id: _, events: events5, memory } = memcg;
    const total = (count2) => sumOf(mm, memcg, count2);
    return {
      usage: usage3(memcg),
      failcnt: events5.max,
      state: stateOf3(memory.usage, memory.high, memory.max),
      stat: reclaimStat2(memcg),
      cache: pages(total((each) => each.file)),
      rss: pages(total((each) => each.anon)),
      pgpgin: memcg.stat.pgpgin,
      pgpgout: memcg.stat.pgpgout,
      active: pages(treePages(mm, memcg, ACTIVE_ANON) + treePages(mm, memcg, ACTIVE_FILE)),
      inactive: pages(treePages(mm, memcg, INACTIVE_ANON) + treePages(mm, memcg, INACTIVE_FILE))
    };
  },
  showLimit: ({ memory }) => memory.max === PAGE_COUNTER_MAX2 ? "max" : exactSize(bytesOf(pages(memory.max)))
};
var FIGURE_NAMES2 = {
  usage: { title: "usage", file: "memory.current" },
  peak: { title: "peak", file: "memory.peak" },
  limit: { title: "max", name: "max", file: "memory.max" },
  high: { title: "high", name: "high", file: "memory.high" },
  low: null,
  first: "refaults",
  counts: ["max", "high"].map((key2) => ({
    title: `${key2} events`,
    noun: `${key2} event`,
    column: `${key2}-events`,
    file: `memory.events:${key2}`,
    at: "memory.events",
    key: key2
  }))
};
var newOwn2 = ({ cpus, swap }) => ({
  cpus: Array.from({ length: cpus }, newCpu2),
  xarrays: newXArrays(),
  pageTables: new Uint16Array(),
  dirtied: 0,
  swapMemcg: new Uint16Array(swap + 1),
  swapAge: new Int32Array(swap + 1)
});
var stateOf3 = (usage4, high4, max4) => {
  if (usage4 > max4) return "RES_OVER_LIMIT";
  return usage4 > high4 ? "RES_BELOW_LIMIT" : "RES_BELOW_HIGH";
};
var markOf = (mark4) => mark4 === PAGE_COUNTER_MAX2 ? UNSET_PAGES : pages(mark4);
function usage3({ memory }) {
  return {
    usage: pages(memory.usage),
    max: pages(memory.watermark),
    low: UNSET_PAGES,
    high: markOf(memory.high),
    limit: markOf(memory.max)
  };
}

// src/machine/kernels.ts
var KERNEL_VERSIONS = ["2.6.26", "6.1"];
var kernelNamed = (version) => `linux-${version}`;
var KERNELS = {
  "linux-2.6.26": {
    newOwn,
    bind,
    controller: CONTROLLER,
    lists: 2,
    shadowAges: false,
    version: 1,
    policies: POLICIES,
    policyIn,
    figureNames,
    boot: null
  },
  "linux-6.1": {
    newOwn: newOwn2,
    bind: () => KERNEL2,
    controller: CONTROLLER2,
    lists: 4,
    shadowAges: true,
    version: 2,
    policies: ["none"],
    policyIn: () => "none",
    figureNames: () => FIGURE_NAMES2,
    boot: "boot-linux-6.1.memcg"
  }
};
var folderOf = ({ kernel: version = "2.6.26" }) => KERNELS[kernelNamed(version)];
var ERRATA2 = ERRATA;
var ERRATA_SETS2 = ERRATA_SETS;
var POLICIES2 = POLICIES;
var policyIn2 = (options) => folderOf(options).policyIn(options);
function policyMistake(policy, kernel) {
  const { policies: policies2 } = KERNELS[kernelNamed(kernel)];
  return policies2.includes(policy) ? null : `policy=${policy} does not run on ${kernel} yet: what does is policy=${policies2.join(", ")}`;
}
var cgroupVersionOf = (kernel) => KERNELS[kernelNamed(kernel)].version;
var figureNamesIn = (options) => folderOf(options).figureNames(options);
var CONTROL_FILES3 = [
  ...CONTROL_FILES,
  ...CONTROL_FILES2.filter(({ name }) => !CONTROL_FILES.some((file) => file.name === name))
];
var BY_NAME = new Map(CONTROL_FILES3.map((file) => [file.name, file]));
var KINDS2 = new Map(
  [...CONTROL_FILES2, ...CONTROL_FILES].flatMap(({ name, kind, lines = {} }) => [
    [name, kind],
    ...Object.entries(lines)
  ])
);

// src/machine/looks.ts
var lookAt = ({ mm, options }, { memcg }) => ({
  path: memcg.path,
  tasks: memcg.nrTasks,
  policy: policyIn2(options),
  kernel: options.kernel,
  ...mm.kernel.figures(mm, memcg)
});
var totalsOf = (mm) => ({
  memory: pages(mm.nrPages),
  free: pages(mm.freePages),
  swap: pages(mm.swap.size),
  swapUsed: pages(mm.swap.used),
  dirty: pages(mm.nrDirty),
  writeback: pages(mm.nrWriteback)
});

// src/mm/costs.ts
var DEFAULT_COSTS = {
  syscall: 300,
  fault: 12e3,
  charge: 900,
  copy: 700,
  writeBegin: 1e4,
  touch: 30,
  scan: 150,
  free: 400,
  unmap: 300,
  pageout: 1e3,
  priority: 200,
  contextSwitch: 2e3,
  wakeLatency: 3e3,
  diskLatency: 1e5,
  diskRequest: 5e3,
  diskPage: 12e3,
  swapLatency: 1e5,
  swapRequest: 5e3,
  swapPage: 2e4
};

// src/machine/options.ts
var DEFAULT_OPTIONS = {
  cpus: 2,
  memory: pages(262144),
  swap: pages(0),
  nodes: 1,
  seed: 1,
  kernel: "2.6.26",
  policy: "rfc",
  wmarks: true,
  extras: true,
  reclaimd: true,
  errata: [],
  costs: {}
};
var MAX_MEMORY = 2 ** 26;
var MAX_SWAP = 2 ** 30;
var MIN_MEMORY = 256;
var MAX_CPUS = 64;
function optionMistake(options) {
  const { cpus, memory, swap, nodes, seed, kernel, policy } = options;
  if (!Number.isInteger(cpus) || cpus < 1 || cpus > MAX_CPUS) return `cpus=${cpus}: 1 to ${MAX_CPUS}`;
  if (!Number.isInteger(memory) || memory < MIN_MEMORY || memory > MAX_MEMORY) {
    return `memory=${memory} pages: ${bytesOf(pages(MIN_MEMORY))} bytes to 256 GiB`;
  }
  if (!Number.isInteger(swap) || swap < 0 || swap > MAX_SWAP) return `swap=${swap} pages: 0 to 4 TiB`;
  if (!Number.isInteger(nodes) || nodes < 1 || nodes > MAX_NODES) return `nodes=${nodes}: 1 to ${MAX_NODES}`;
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) return `seed=${seed}: 0 to ${2 ** 32 - 1}`;
  if (!KERNEL_VERSIONS.includes(kernel)) return `kernel=${kernel}: ${KERNEL_VERSIONS.join(" or ")}`;
  if (policy !== DEFAULT_OPTIONS.policy && policyMistake(policy, kernel) !== null)
    return policyMistake(policy, kernel);
  for (const [name, cost] of Object.entries(options.costs)) {
    if (!Object.hasOwn(DEFAULT_COSTS, name)) return `cost.${name}: there is no such cost`;
    if (!Number.isFinite(cost) || cost < 0) return `cost.${name}=${cost}: a time, not negative`;
  }
  return null;
}

// src/machine/faults.ts
var MAX_FAULTS = 1e3;
function performOnFaults(fs, operation) {
  switch (operation.op) {
    case "fault":
      return setFault(fs, operation);
    case "clear-faults": {
      const { path } = operation;
      const kept = path === null ? [] : fs.faults.filter((fault) => fault.path !== path);
      fs.faults.splice(0, fs.faults.length, ...kept);
      return OK;
    }
    case "attempt": {
      const found = lookup(fs, operation.path);
      if (!found.ok) return found;
      const { cgroup, file } = found.value;
      if (file === null) return refuse("EISDIR", `${operation.path} is a cgroup`);
      return faultOf(fs, cgroup, file.name, operation.access) ?? OK;
    }
  }
}
function setFault(fs, { op: _, ...fault }) {
  const slash = fault.path.lastIndexOf("/");
  const name = fault.path.slice(slash + 1);
  if (!fs.controller.possibleFiles(fs.mm, slash === 0, fs.extras).some((file) => file.name === name))
    return refuse("ENOENT", `${slash === 0 ? "the root has" : "cgroups have"} no file ${name}`);
  if (fs.faults.length >= MAX_FAULTS)
    return refuse("ENOSPC", `a machine has ${MAX_FAULTS} faults at most: clear some`);
  fs.faults.push(fault);
  return OK;
}

// src/machine/real.ts
function performOnReal(state, operation) {
  const { pid } = operation;
  if (pid < 1 || pid >= FIRST_PID)
    return refuse("EINVAL", `real processes have pids from 1 to ${FIRST_PID - 1}`);
  if (operation.op === "adopt") return adopt(state, operation);
  const task = state.mm.tasksByPid.get(pid);
  const real = task?.real;
  if (task === void 0 || real === null || real === void 0)
    return refuse("ESRCH", `no process ${pid} has joined this machine: adopt it first`);
  switch (operation.op) {
    case "proc":
      startSample(state.mm, task, real, { ...real.seen, ...operation.seen });
      if (operation.wait === false || task.progress === null) return OK;
      state.hand = { kind: "behaviour", pid, strict: false };
      return null;
    case "exec":
      execReal(state.mm, real);
      task.name = operation.name ?? task.name;
      return OK;
    case "exit":
      exit(state, task, real);
      return OK;
  }
}
var NOTHING3 = { anon: 0, file: 0, shmem: 0 };
function adopt(state, operation) {
  const { mm, fs } = state;
  const { pid, name = "process", start = 0, parent } = operation;
  const found = lookupCgroup(fs, operation.cgroup);
  if (!found.ok) return found;
  const known = mm.tasksByPid.get(pid);
  if (known?.real) {
    attachTask(mm, known, found.value.id);
    known.real.spared = false;
    known.real.refused = false;
    startSample(mm, known, known.real, known.real.seen);
    return OK;
  }
  const inherited = parent === void 0 ? NOTHING3 : mm.tasksByPid.get(parent)?.real?.base ?? NOTHING3;
  const base = { ...inherited, ...operation.base };
  adoptTask(mm, pid, name, found.value.id, newRealProcess(mm, name, start, base));
  return OK;
}
function exit({ mm }, task, real) {
  mm.kernel.dropPass(mm, task);
  exitReal(mm, real);
  endThread(mm.sched, task);
  exitTask(mm, task);
}

// src/machine/perform.ts
function perform(state, operation) {
  const { mm, fs } = state;
  switch (operation.op) {
    case "write":
      return write2(state, operation.path, operation.data);
    case "mkdir":
      return make(state, operation);
    case "chmod":
    case "chown":
    case "utimes":
      return change(state, operation);
    case "rmdir":
      return rmdir(state, operation.path, SUPERUSER);
    case "rename":
      return rename(fs, operation.from, operation.to);
    case "spawn":
      return spawn(state, operation);
    case "sync":
      wakeupFlusher(mm, mm.nrDirty);
      return begin3(state, { kind: "sync", target: null });
    case "drop":
      return drop(state, operation.file);
    case "truncate":
      if (operation.pages > MAX_FILE_PAGES) return TOO_BIG;
      truncateMapping(mm, fileMapping(mm, operation.file, 0), operation.pages);
      return OK;
    case "sleep":
      return operation.until <= mm.sched.now ? OK : begin3(state, { kind: "sleep", until: operation.until });
    case "let-pass":
      return operation.until <= mm.sched.now ? OK : letPass(state, operation.until);
    case "wait-until":
      return begin3(state, { kind: "condition", until: operation.until });
    case "fault":
    case "clear-faults":
    case "attempt":
      return performOnFaults(state.fs, operation);
    case "adopt":
    case "proc":
    case "exec":
    case "exit":
      return performOnReal(state, operation);
    default:
      return performOnTask(state, operation);
  }
}
function make({ fs }, { path, mode, owner }) {
  const who = mode === void 0 ? SUPERUSER : { ...SUPERUSER, umask: 0 };
  return mkdir(fs, path, mode, who, owner);
}
function change({ fs }, { op: _, path, ...attributes }) {
  const found = lookup(fs, path);
  if (!found.ok) return found;
  return setAttributes(fs, found.value.cgroup, found.value.file?.name ?? null, attributes, SUPERUSER);
}
function performOnTask(state, operation) {
  const { mm, fs } = state;
  const task = taskByName(mm, operation.task);
  if (task === void 0) {
    if (operation.op === "wait-task" && wasHere(state, operation.task)) return OK;
    return refuse("ESRCH", `there is no task ${operation.task}${gone(state, operation.task)}`);
  }
  switch (operation.op) {
    case "kill":
      return signal(state, task, operation.signal, operation.wait !== false);
    case "attach": {
      const found = lookupCgroup(fs, operation.cgroup);
      if (!found.ok) return found;
      const refused = fs.controller.mayEnter(fs, found.value, task);
      if (refused !== null) return refused;
      attachTask(mm, task, found.value.id);
      return OK;
    }
    case "renice":
      setUserNice(task, operation.nice);
      return OK;
    case "start":
    case "run": {
      const mistake = behaviourMistake(state, task, operation.behaviour);
      if (mistake !== null) return mistake;
      startBehaviour(mm, task, operation.behaviour);
      return operation.op === "start" ? OK : begin3(state, { kind: "behaviour", pid: task.pid, strict: true });
    }
    case "stop":
      stopBehaviour(mm, task);
      return operation.wait === false ? OK : awaitBehaviour(state, task);
    case "wait-task":
      return awaitBehaviour(state, task);
  }
}
function begin3(state, hand) {
  state.hand = hand;
  wakeUp(state.mm.sched, state.sh);
  return null;
}
function letPass(state, until) {
  state.hand = { kind: "sleep", until };
  return null;
}
function awaitBehaviour(state, task) {
  return task.behaviour === null ? OK : begin3(state, { kind: "behaviour", pid: task.pid, strict: false });
}
function write2(state, path, data) {
  const found = lookup(state.fs, path);
  if (!found.ok) return found;
  const { cgroup, file } = found.value;
  if (file === null) return refuse("EISDIR", `${path} is a cgroup`);
  const answer2 = writeFile(file, state.fs, cgroup, data, { task: state.sh, uid: 0 });
  return "wait" in answer2 ? begin3(state, handOf(answer2)) : answer2;
}
function handOf(write3) {
  const cgroup = write3.cgroup.id;
  if (write3.wait !== "reclaim") return { kind: write3.wait, cgroup };
  return { kind: "reclaim", cgroup, asked: write3.asked, strict: write3.strict };
}
function rmdir(state, path, who) {
  const found = mayRmdir(state.fs, path, who);
  if (!found.ok) return found;
  const cgroup = found.value;
  kthreadStop(state.mm, cgroup.memcg.daemon);
  return begin3(state, { kind: "rmdir", cgroup: cgroup.id, stage: "daemon" });
}
function spawn({ mm, fs }, { task: name, cgroup, node = 0, rereads }) {
  const found = lookupCgroup(fs, cgroup);
  if (!found.ok) return found;
  if (taskByName(mm, name) !== void 0) {
    return refuse("EEXIST", `there is a task ${name} already`);
  }
  const refused = fs.controller.mayEnter(fs, found.value, null);
  if (refused !== null) return refused;
  if (node >= mm.nodes) return refuse("EINVAL", `the machine has ${mm.nodes} node(s): 0 to ${mm.nodes - 1}`);
  const task = newTask(mm, "task", name, found.value.id, node);
  if (rereads === "unknown") setRereadsUnknown(mm, task);
  return OK;
}
function signal(state, task, name, wait) {
  const { mm } = state;
  if (task.kind === "sh") return refuse("EPERM", "sh is who speaks to the machine: it can not be signalled");
  if (task.kind !== "task") return OK;
  if (name === "KILL") {
    sendKill(mm, task);
    return !wait ? OK : begin3(state, { kind: "exit", pid: task.pid });
  }
  task.stopPending = name === "STOP";
  if (name === "CONT" && task.state === STOPPED) task.state = INTERRUPTIBLE;
  wakeUpToUser(state, task);
  return OK;
}
function wakeUpToUser(state, task) {
  if (!task.inKernel) wakeUp(state.mm.sched, task);
}
function behaviourMistake(state, task, behaviour) {
  if (task.kind !== "task") return refuse("EPERM", `${task.name} can't be told what to do`);
  if (task.behaviour !== null) {
    return refuse("EBUSY", `${task.name} is busy with ${task.behaviour.kind}: stop it or wait for it first`);
  }
  if (endOfFile(behaviour) > MAX_FILE_PAGES) return TOO_BIG;
  if (behaviour.kind === "touch") {
    const there = touchable(task);
    if (there === 0) return refuse("EFAULT", `${task.name} has no memory: alloc or map some first`);
    if (behaviour.pages !== null && behaviour.pages > there) {
      return refuse("EFAULT", `${task.name} has ${there} pages of memory, not ${behaviour.pages}`);
    }
  }
  if (behaviour.kind === "free" && behaviour.pages !== null && behaviour.pages > task.anonPages) {
    return refuse("EINVAL", `${task.name} has allocated ${task.anonPages} pages, not ${behaviour.pages}`);
  }
  if (behaviour.kind === "alloc" && task.anonPages + behaviour.pages > 16 * totalMemory(state)) {
    return refuse("ENOMEM", `${behaviour.pages} pages are far beyond the machine's memory and swap`);
  }
  return null;
}
var TOO_BIG = refuse("EFBIG", "a file has 32 TiB at most");
function endOfFile(behaviour) {
  if (behaviour.kind === "map") return behaviour.pages;
  return behaviour.kind === "stream" ? behaviour.at + behaviour.pages : 0;
}
var totalMemory = ({ mm }) => mm.nrPages + mm.swap.size;
function drop(state, file) {
  const { mm } = state;
  const id = file === null ? void 0 : mm.files.get(file);
  if (file !== null && id === void 0) return refuse("ENOENT", `nobody has opened a file ${file} yet`);
  const ids = id === void 0 ? [...mm.files.values()] : [id];
  for (const each of ids) {
    const mapping = mm.mappings[each];
    if (mapping !== null) invalidateMapping(mm, mapping);
  }
  return OK;
}
var wasHere = (state, name) => state.departed.some((task) => task.name === name) || state.mm.tasks.some((task) => task.name === name);
var gone = (state, name) => wasHere(state, name) ? " any more: it was killed" : "";

// src/mm/core-bytes.ts
var CORE = "AGFzbQEAAAABRgtgAn9/AGABfwBgAX8Bf2ADf39/AX9gAn9/AX9gBH9/f38Bf2ADf39/AGAEf39/fwBgA39/fAF/YAZ/f39/f38Bf2AAAX8DFhUAAwECBgQHAgUCCAADCQQFAQAACgEFAwEAAAZ5GH8BQQALfwFBAAt/AUEAC38BQQALfwFBAAt/AUEAC38BQQALfwFBAAt/AUEAC38BQQALfwFBAAt/AUEAC38BQQALfwFBAAt/AUEAC38BQQALfwFBAAt/AUEAC38BQQALfwFBAAt/AUEAC38BQQALfwFBAAt/AUEACwf0ARMQbWFya1BhZ2VBY2Nlc3NlZAACCWdpdmVGcmFtZQAUCXRha2VGcmFtZQATA2FkZAAABnJlbW92ZQADBnJvdGF0ZQASCnRha2VPbGRlc3QAAQlzZXRBcnJheXMAEQlsb29rQWhlYWQAEAlyZWFkUGFnZXMADwtjb3VudEFic2VudAAOCGVudGVyUnVuAA0IdG91Y2hSdW4ADAl1bmxvY2tSdW4ACwlmcmVlUGxhaW4ACg9pc29sYXRlSW5hY3RpdmUACQxzaHJpbmtBY3RpdmUACBZ0ZXN0QW5kQ2xlYXJSZWZlcmVuY2VkAAcGbWVtb3J5AgAK4iEVcwEBfyMMIABBAnRqKAIAIgJBH3FFBEAgACACEAUhAgsjEiACQQJ0aiABNgIAIwogAUECdGogAjYCACMOIAJBBXVqIgEgAS0AAEEBajoAACAAQQJ0IgAjDGogAkEBajYCACMNIABqIgAgACgCAEEBajYCAAuoAwEHfyABIw0gAEECdGooAgAiAyABIANIGyIEIAIiAWohBQNAIAEgBUgEQCABIwsgAEECdGooAgAiA0EFdSIGIw5qIgctAAAiCGoiCSAFIAUgCUobIQkgByAIIAkgAWtrOgAAA0AgASAJSARAIxIgA0ECdGoiBygCACIIBEAgB0EANgIAIwMgAUECdGogCDYCACABQQFqIQELIANBAWohAwwBCwsjCyAAQQJ0aiADNgIAIAYjDmotAABFBEAgBkECdCIDIxFqKAIAIQcjECADaigCACIDBEAjESADQQJ0aiAHNgIABSMLIABBAnRqIAdBBXQ2AgALIAcEQCMQIAdBAnRqIAM2AgAFIwwgAEECdGogA0EBakEFdEEAIAMbNgIACyMRIAZBAnRqIwIiAygCDDYCACADIAY2AgwLDAELCyMNIABBAnRqIgEgASgCACAEazYCACAAQQFxBEAgAiEBA0AgASACIARqSARAIxYjBiMDIAFBAnRqKAIAQQJ0aigCACIAQQV1QQJ0aiIDIAMoAgBBfiAAd3E2AgAgAUEBaiEBDAELCwsgBAtLAQJ/IwcgAEEBdGoiAi8BACIBQQJxBEAgAUEIcUUEQCACIAFBGHJBfXE7AQAgABADQQFyIAAQAAsFIwcgAEEBdGogAUECcjsBAAsL6QIBBX8jDyAAQQJ0IgIjCmooAgAiA0EFdSIAQQJ0aigCACEEIAAjDmotAABBAWshASAEQQFxBEAjFiMGIAJqKAIAIgJBBXVBAnRqIgUgBSgCAEF+IAJ3cTYCAAsjEiADQQJ0akEANgIAIw0gBEECdGoiAiACKAIAQQFrNgIAIAAjDmogAToAACABBEAgAUEQTARAIABBAnQiASMQaigCACECIxEgAWooAgAiAQR/IAEjDmotAABBEE0FQQALBEAgBCAAIAEQBAUgAgR/IAIjDmotAABBEE0FQQALBEAgBCACIAAQBAsLCwUgAEECdCIBIxFqKAIAIQIjECABaigCACIBBEAjESABQQJ0aiACNgIABSMLIARBAnRqIAJBBXQ2AgALIAIEQCMQIAJBAnRqIAE2AgAFIwwgBEECdGogAUEBakEFdEEAIAEbNgIACyMRIABBAnRqIwIiASgCDDYCACABIAA2AgwLIAQL/QIBBX8gAkEBakEFdCEDIxEgAkECdGooAgBFBEAjDCAAQQJ0aiADNgIACyACQQV0IgdBH2ohBANAIAQgB04EQCMSIARBAnRqIgYoAgAiBQRAIAZBADYCACMSIANBAWsiA0ECdGogBTYCACMKIAVBAnRqIAM2AgALIARBAWshBAwBCwsgAyEEIAFBBXQiBkEfaiEHA0AgBiAHTARAIxIgB0ECdGoiBSgCACIDBEAgBUEANgIAIxIgBEEBayIEQQJ0aiADNgIAIwogA0ECdGogBDYCAAsgB0EBayEHDAELCyACIw5qIgIgAi0AACABIw5qIgItAABqOgAAIAJBADoAACABQQJ0IgIjEWooAgAhAyMQIAJqKAIAIgIEQCMRIAJBAnRqIAM2AgAFIwsgAEECdGogA0EFdDYCAAsgAwRAIxAgA0ECdGogAjYCAAUjDCAAQQJ0aiACQQFqQQV0QQAgAhs2AgALIxEgAUECdGojAiIAKAIMNgIAIAAgATYCDAuYAQECfwJAIwIiA0EMaigCACICBEAgAyMRIAJBAnRqKAIANgIMDAELIwIoAggiAiMTRgRAAAsjAiACQQFqNgIICyACQQJ0IgMjD2ogADYCACMQIANqIAFBBXVBAWtBACABGyIBNgIAIxEgA2pBADYCACABBEAjESABQQJ0aiACNgIABSMLIABBAnRqIAJBBXQ2AgALIAJBBXQLfgECfyMUIABBAnRqAn8jAiIFQQRqKAIAQQFrIgRBAE4EQCAFIAQ2AgQjCSAEQQJ0aigCAAwBCyMCIwIoAgBBAWo2AgAjAigCAEEBawsiBDYCACMGIARBAnRqIAA2AgAgBEEBdCIAIwdqIAM7AQAjCCAAaiACOwEAIAEgBBAAC1gBAn8jBiAAQQJ0aigCACECIwcgAEEBdGovAQBBggRxQQBHIgFFBEAgAiMVai0AAEEARyEBCyMHIABBAXRqIgAgAC8BAEH9e3E7AQAgAiMVakEAOgAAIAEL3gIBBn8DQCABIARKBEAgACABIARrIAQQASAEaiIJIARHBEAgBCEFA0AgBSAJSARAIwcjAyAFQQJ0aigCACIHQQF0ai8BACIGQQhxBEAjAyAEQQJ0aiAHNgIAIARBAWohBAUjByAHQQF0aiAGQW9xOwEAIABBfnEgBxAACyAFQQFqIQUMAQsLDAILCwsDQCAEIAhKBEACQCMHIwMgCEECdGooAgAiB0EBdGovAQAiBUGAA3EEQCACRSIBBH8gAQUgA0UgBUGAAXFBAEdxCwR/QQEFIwYgB0ECdGooAgAhBiMHIAdBAXRqLwEAQYIEcUEARyIBRQRAIAYjFWotAABBAEchAQsjByAHQQF0aiIFIAUvAQBB/XtxOwEAIAYjFWpBADoAACABCwRAIAAgBxAADAILCyMHIAdBAXRqIgEgAS8BAEFncTsBACAAQX5xIAcQAAsgCEEBaiEIDAELCyAEC40BAQZ/IABBIEEAEAEhAwNAIAEgA0gEQCABIQIDQCACIANIBEAjByMDIAJBAnRqKAIAIgRBAXRqIgUvAQAiBkEIcQRAIAUgBkEQcjsBACAAQQFyIAQQAAUjAyABQQJ0aiAENgIAIAFBAWohAQsgAkEBaiECDAELCyAAQSAgAWsgARABIAFqIQMMAQsLIAELrAEBA38DQCAAIANKBEAgBCMHIwMgA0ECdGooAgBBAXRqLwEAciEEIANBAWohAwwBCwsgBEGlA3EEQEEADwtBACEDA0AgACADSgRAIxQjBiMDIANBAnRqKAIAIgRBAnRqKAIAIgVBAnRqIAE2AgAjFyAFQQl1QQN0aiACOQMAIwkjAiIFQQRqKAIAQQJ0aiAENgIAIAUgBSgCBEEBajYCBCADQQFqIQMMAQsLQQELRwECfyAAIQIDQCACIAAgAWpIBEAjFCACQQJ0aigCACIDQQBKBEAjByADQQF0aiIDIAMvAQBBfnE7AQALIAJBAWohAgwBCwsLVwECfwNAIAEgA0oEQCMUIAAgA2pBAnRqKAIAIgRBAEwEf0EBBSMHIARBAXRqLwEAQcEAcQtFBEBBASACIANBAEobBEAgBBACCyADQQFqIQMMAgsLCyADC0MBAn8gACEGA0AgBiAAIAFqSARAIAdBAWogByMUIAZBAnRqKAIAIAVGGyEHIAYgAiADIAQQBiAGQQFqIQYMAQsLIAcLMQEBfwNAIAEgAkoEfyMUIAAgAmpBAnRqKAIAQQBMBUEACwRAIAJBAWohAgwBCwsgAguOBQIPfwV8IwArA0ghEyMBKAIAIQkjASgCECEKIwEoAgQhCyMBKAIMIQxBfyMBKAIIIg1rIQ4jASgCKEEARyEPQX8hBANAIAAgAUggAkEASnEEQAJAIwQgAEECdGooAgAiBUEASA0AAn8jFiAFQQV1QQJ0aigCACAFdkEBcQRAIAZBAWohBiACQQFrDAELIxQgBUECdGooAgAiEUEASgRAIwcgEUEBdGovAQAiEEEBcQ0CIBBBGnFBGkYEQCMWIAVBBXVBAnRqIhAgECgCAEEBIAV0cjYCAAUgDyAQQQpxQQJGcQ0DIBEQAgsgBkEBaiEGIAJBAWsMAQsjACMAKwMAIAa3IBOioDkDAEEAIQYgByAJTiAAIANOcgR/QQAFAn8jACsDMCMAKwMIIwArAwAjACsDUKAjACsDWKAiFqClIwArA2igIwArA3CgIRdBACMAKwMQIBagIhUgFyMAKwN4oCMAKwOAAaClIwArA4gBoCIUIwBBQGsrAwBmDQAaIwAgFzkDMCMAIhBBGGogECsDGCAWoDkDACMAIhBBIGorAwAgFkQAAAAAAACQQKIjASgCFLejoCIWIwAiEkEoaisDAKUhFyASIBc5AyggECAWIBdEAAAAANASc8GgpTkDICMAIBU5AzgjACAUOQMQIwAgFDkDCCMAIwArA2A5AwBBAQsLRQ0BIAhBAWogCCAOIBFGGyEIIAUgCyANIAwQBiAHQQFqIQcgACEEIApBAWsLIQIgAEEBaiEADAILCwsjACMAKwMAIAa3IBOioDkDACMBIwEoAgAgB2s2AgAjASIBQRhqIAcgASgCGGo2AgAjASIBQRxqIAggASgCHGo2AgAjASAENgIgIwEgAjYCJCAAC5wCAQR/A0AgACABSgRAIAFBAnQiAyMEaigCACIEQQAgBEEAShshBCMFIANqQQAgBCMWIARBBXVBAnRqKAIAIAR2QQFxGzYCACABQQFqIQEMAQsLQQAhAQNAIAAgAUoEQCMUIwUgAUECdGoiAygCAEECdGooAgAhBCADIARBACAEQQBKGzYCACABQQFqIQEMAQsLQQAhAQNAIAAgAUoEQCACIwcjBSABQQJ0aiIDKAIAIgRBAXRqLwEAciECIAMjCiAEQQJ0aigCAEEFdTYCACABQQFqIQEMAQsLQQAhAQNAIAAgAUoEQCACIwUgAUECdGooAgAiAiMOai0AACMPIAJBAnRqKAIAcnIhAiABQQFqIQEMAQsLIwIgAjYCEAuqAQAgACgCACQAIAAoAgQkASAAKAIIJAIgACgCDCQDIAAoAhAkBCAAKAIUJAUgACgCGCQGIAAoAhwkByAAKAIgJAggACgCJCQJIAAoAigkCiAAKAIsJAsgACgCMCQMIAAoAjQkDSAAKAI4JA4gACgCPCQPIABBQGsoAgAkECAAKAJEJBEgACgCSCQSIAAoAkwkFCAAKAJQJBUgACgCVCQWIAAoAlgkFyABJBMLowMBB38jDSAAQQJ0aigCAEUEQA8LIAEjDSAAQQJ0aigCAG8hAwNAIANBAEoEQCMMIABBAnRqKAIAIgFBH3FFBEAgACABEAUhAQsgAyMLIABBAnRqKAIAIgJBBXUiBCMOaiIFLQAAIgYgAyAGSBsiB0EgIAFBH3FrIgggByAISBshByAFIAYgB2s6AAAjDiABQQV1aiIFIAcgBS0AAGo6AAAgASAHaiEFA0AgASAFSARAIxIgAkECdGoiBigCACIIBEAgBkEANgIAIxIgAUECdGogCDYCACMKIAhBAnRqIAE2AgAgAUEBaiEBCyACQQFqIQIMAQsLIABBAnQiBSMLaiACNgIAIwwgBWogATYCACAEIw5qLQAARQRAIARBAnQiASMRaigCACECIxAgAWooAgAiAQRAIxEgAUECdGogAjYCAAUjCyAAQQJ0aiACQQV0NgIACyACBEAjECACQQJ0aiABNgIABSMMIABBAnRqIAFBAWpBBXRBACABGzYCAAsjESAEQQJ0aiMCIgEoAgw2AgAgASAENgIMCyADIAdrIQMMAQsLC0EBAn8jAiIBQQRqKAIAQQFrIgBBAE4EQCABIAA2AgQjCSAAQQJ0aigCAA8LIwIjAigCAEEBajYCACMCKAIAQQFrCyYBAX8jCSMCIgFBBGooAgBBAnRqIAA2AgAgASABKAIEQQFqNgIECw==";

// src/mm/page-core.ts
var module = null;
function newPageCore() {
  module ??= new WebAssembly.Module(Uint8Array.from(atob(CORE), (character) => character.charCodeAt(0)));
  const { exports } = new WebAssembly.Instance(module);
  return {
    add: exports.add,
    remove: exports.remove,
    takeOldest: exports.takeOldest,
    rotate: exports.rotate,
    takeFrame: exports.takeFrame,
    giveFrame: exports.giveFrame,
    markPageAccessed: exports.markPageAccessed,
    countAbsent: exports.countAbsent,
    enterRun: exports.enterRun,
    unlockRun: exports.unlockRun,
    touchRun: exports.touchRun,
    isolateInactive: exports.isolateInactive,
    freePlain: exports.freePlain,
    shrinkActive: exports.shrinkActive,
    testAndClearReferenced: exports.testAndClearReferenced,
    lookAhead: exports.lookAhead,
    readPages: exports.readPages,
    setArrays: exports.setArrays,
    memory: exports.memory,
    cluster: new Int32Array(),
    window: new Int32Array(),
    ahead: new Int32Array(),
    settled: new Int32Array(),
    loneTimes: new Float64Array(),
    loneCounts: new Int32Array()
  };
}

// src/machine/save.ts
var FORMAT = 9;
function saveState(state) {
  return withSaved(state, (saved) => {
    const arrays = bigArrays(saved.state.mm, saved.directories);
    const copy2 = copyWithout(arrays, saved.state);
    for (const [i, { put: put2 }] of bigArrays(copy2.mm, saved.directories).entries()) put2(arrays[i].array.slice());
    return { ...saved, state: copy2 };
  });
}
function withSaved(state, use) {
  const { mm, fs } = state;
  const { observer, core, kernel } = mm;
  const { controller } = fs;
  const directories = mm.mappings.map((mapping) => mapping?.directory.length ?? 0);
  try {
    bind2(state, { observer: null, core: null, kernel: null, controller: null });
    return withArrays(
      bigArrays(mm, directories),
      ({ array, used }) => array.subarray(0, used),
      () => use({ format: FORMAT, directories, state })
    );
  } finally {
    bind2(state, { observer, core, kernel, controller });
  }
}
function bind2({ mm, fs }, { observer, core, kernel, controller }) {
  Object.assign(mm, { observer, core, kernel });
  Object.assign(fs, { controller });
}
function loadState({ format, directories, state }) {
  if (format !== FORMAT)
    throw new RangeError(
      `a machine saved in format ${format} can not be loaded: this version reads format ${FORMAT}`
    );
  const arrays = bigArrays(state.mm, directories);
  const copy2 = copyWithout(arrays, state);
  const { mm } = copy2;
  const { bind: kernelOf, controller } = KERNELS[copy2.kernel];
  bind2(copy2, { observer: null, core: newPageCore(), kernel: kernelOf(mm.own), controller });
  layOut(mm, Math.max(mm.tables.chunks, LEAST_CHUNKS));
  for (const [i, { array, put: put2 }] of bigArrays(mm, directories).entries()) {
    const from = arrays[i];
    if (from.whole === null) array.set(from.array);
    else put2(wholeAgain(from.array, from.whole, from.blank));
  }
  fillDirectories(mm);
  return copy2;
}
function fillDirectories({ mappings, tables: { chunkMapping, chunkPlace, chunks } }) {
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    const mapping = mappings[chunkMapping[chunk]];
    if (mapping) mapping.directory[chunkPlace[chunk]] = chunk;
  }
}
function bigArrays(mm, directories) {
  const { frames, lru, tables, sched, memcgs, nodes, lists, shadowAges, heads } = mm;
  const { slot, flags, memcg, freed } = frames;
  const { place: place2, pfn, used, list, older, younger, oldest, end: end4, length } = lru;
  const { slots, ages, young, chunkMapping, chunkPlace, chunkDirty, chunkEvicted, chunks } = tables;
  const { key: key2, target, length: timers } = sched.timers;
  const roomy = Math.max(chunks, LEAST_CHUNKS);
  const capacity = Math.max(timers, FIRST_CAPACITY);
  return [
    ...of(mm, { heads }, HEADS),
    ...of(frames, { slot, flags, memcg }, heads[FRESH]),
    ...of(frames, { freed }, heads[NR_FREED]),
    ...of(lru, { place: place2 }, heads[FRESH]),
    ...of(lru, { pfn }, heads[BLOCKS] * BLOCK_PLACES),
    ...of(lru, { used, list, older, younger }, heads[BLOCKS]),
    ...of(lru, { oldest, end: end4, length }, memcgs.length * nodes * lists),
    ...of(tables, { slots, young }, chunks * SLOTS_PER_CHUNK),
    ...of(tables, { ages }, shadowAges ? chunks * SLOTS_PER_CHUNK : 0),
    ...of(tables, { chunkMapping }, chunks, roomy, -1),
    ...of(tables, { chunkPlace, chunkDirty }, chunks, roomy),
    ...of(tables, { chunkEvicted }, chunks),
    ...of(sched.timers, { key: key2 }, 2 * timers, 2 * capacity),
    ...of(sched.timers, { target }, timers, capacity),
    ...mm.mappings.flatMap(
      (mapping, id) => mapping === null ? [] : of(mapping, { directory: mapping.directory }, 0, directories[id], -1)
    )
  ];
}
var of = (holder, arrays, used, whole = null, blank = 0) => Object.entries(arrays).map(([name, array]) => ({
  array,
  used,
  whole,
  blank,
  put: (other) => Object.assign(holder, { [name]: other })
}));
var copyWithout = (arrays, state) => withArrays(
  arrays,
  ({ array }) => array.slice(0, 0),
  () => structuredClone(state)
);
function withArrays(arrays, other, use) {
  try {
    for (const each of arrays) each.put(other(each));
    return use();
  } finally {
    for (const { array, put: put2 } of arrays) put2(array);
  }
}
function wholeAgain(array, length, blank) {
  const all = grown(array, emptyLike(array, length));
  if (blank !== 0) all.fill(blank, array.length);
  return all;
}
function emptyLike(array, length) {
  if (array instanceof Float64Array) return new Float64Array(length);
  if (array instanceof Int32Array) return new Int32Array(length);
  return array instanceof Uint16Array ? new Uint16Array(length) : new Uint8Array(length);
}

// src/machine/state.ts
function bootState(options) {
  const kernel = kernelNamed(options.kernel);
  const folder = KERNELS[kernel];
  const { controller } = folder;
  const mm = newMm(options, folder);
  layOut(mm, mm.tables.chunkMapping.length);
  mm.heads[FRESH] = 1;
  mm.heads[BLOCKS] = 1;
  controller.create(mm, "", null);
  const fs = newCgroupfs(mm, controller, options.extras);
  const sh = newTask(mm, "sh", "sh", ROOT_MEMCG);
  mm.kernel.startThreads(mm);
  return { kernel, options, mm, fs, sh, hand: null, answer: null, departed: [] };
}
function newMm(options, { bind: bind3, newOwn: newOwn3, lists, shadowAges }) {
  const { memory, nodes } = options;
  const own5 = newOwn3(options);
  const costs = { ...DEFAULT_COSTS, ...options.costs };
  const share = Math.floor(memory / nodes);
  return {
    sched: newSched(options.cpus, costs.contextSwitch, costs.wakeLatency),
    costs,
    kernel: bind3(own5),
    own: own5,
    nodes,
    lists,
    shadowAges,
    nrPages: memory,
    core: newPageCore(),
    frames: newFrames(),
    lru: newLruLists(),
    heads: new Int32Array(),
    nrFree: Array.from({ length: nodes }, (_, node) => node === 0 ? memory - share * (nodes - 1) : share),
    freePages: memory,
    tables: newPageTables(memory),
    mappings: [],
    freeMappings: [],
    files: /* @__PURE__ */ new Map(),
    memcgs: [],
    tasks: [],
    tasksByPid: /* @__PURE__ */ new Map(),
    tasksByName: /* @__PURE__ */ new Map(),
    nrDying: 0,
    nextPid: FIRST_PID,
    memcgsMade: 0,
    nextMemcg: 0,
    devices: newDevices(costs),
    swap: newSwapArea(options.swap),
    nrDirty: 0,
    nrWriteback: 0,
    dirtyMappings: [],
    flushRequest: 0,
    flusher: null,
    congestion: [],
    random: newRandom(options.seed),
    needs: null,
    observer: null
  };
}

// src/machine/task-end.ts
function endOfRun({ how, why }, task) {
  if (how === "ended") return OK;
  return how === "stopped" ? refuse("EINTR", `${task} was stopped`) : refuse("ESRCH", why);
}
var endOf = (mm, task, how) => ({
  pid: task.pid,
  how,
  why: how === "killed" ? whyKilled(mm, task) : ""
});
function whyKilled(mm, { name, outOfMemory: path }) {
  if (path === null) return `${name} was killed`;
  if (path === "") return `${name} was killed: the machine was out of memory`;
  const memcg = mm.memcgs.find((each) => each?.path === path) ?? null;
  const under = memcg === null ? "" : ` (limit ${mm.kernel.showLimit(memcg)})`;
  return `${name} was killed: ${path} was out of memory${under}`;
}

// src/machine/vfs.ts
var STATFS = { bsize: 4096, blocks: 0, namelen: 255 };
var POLLIN = 1;
var POLLOUT = 4;
var XATTR_TRUSTED = "trusted.";
var Vfs = class _Vfs {
  #state;
  #caller;
  #who;
  constructor(state, caller, cwd = null) {
    const { uid = 0, gid = 0, groups = [], umask = SUPERUSER.umask } = caller;
    this.#state = state;
    this.#caller = caller;
    this.#who = { uid, gid, groups, umask, cwd };
  }
  /** openat(2)'s relatives: relative paths go out from that open directory. */
  at(fd) {
    const handle = handleOf(this.#state.fs, fd);
    if (!handle.ok) return handle;
    const { cgroup, file } = handle.value;
    if (file !== null) return refuse("ENOTDIR", `${file} is a file`);
    return done(new _Vfs(this.#state, this.#caller, cgroup));
  }
  /** `flags` are Linux's O_*. Answers the file descriptor. */
  open(path, flags = O_RDONLY) {
    return open(this.#state.fs, path, flags, this.#who);
  }
  close(fd) {
    return close(this.#state.fs, fd);
  }
  /** At most `count` bytes from the offset on; none at the end. */
  read(fd, count2) {
    return read(this.#state.fs, fd, count2, null);
  }
  pread(fd, count2, offset) {
    return read(this.#state.fs, fd, count2, offset);
  }
  /** OK: all bytes were taken. */
  write(fd, data) {
    return this.#write(fd, data, null);
  }
  pwrite(fd, data, offset) {
    return this.#write(fd, data, offset);
  }
  lseek(fd, offset, whence) {
    return lseek(this.#state.fs, fd, offset, whence);
  }
  /** A path, or an open file. */
  stat(target) {
    const found = this.#find(target);
    return found.ok ? done(statOf(this.#state.fs, found.value.cgroup, found.value.file)) : found;
  }
  statfs() {
    return { type: this.#state.fs.controller.traits.magic, ...STATFS };
  }
  /** As getdents(2) lists it: `.` and `..`, sub-directories newest first, then the files. */
  readdir(target) {
    const found = this.#find(target);
    if (!found.ok) return found;
    const { cgroup, file } = found.value;
    if (file !== null) return refuse("ENOTDIR", `${file} is a file`);
    const { fs } = this.#state;
    if (typeof target === "string") {
      const allowed = permission(cgroup.inode, MAY_READ, this.#who);
      if (!allowed.ok) return allowed;
    }
    cgroup.inode.atime = fs.mm.sched.now;
    return done(directoryEntries(fs, cgroup));
  }
  chmod(target, mode) {
    return this.#change(target, { mode });
  }
  /** null leaves what it is. */
  chown(target, uid, gid) {
    return this.#change(target, { ...uid !== null && { uid }, ...gid !== null && { gid } });
  }
  /** Times in ns since boot. */
  utimes(target, atime, mtime) {
    return this.#change(target, { atime, mtime });
  }
  /** Changes the size that stat() shows, and nothing else: what is written is not kept as text. */
  truncate(target, size2) {
    if (size2 < 0) return refuse("EINVAL", "a length is not negative");
    const found = this.#find(target);
    if (!found.ok) return found;
    const { cgroup, file, writable } = found.value;
    if (file === null) return refuse(writable === null ? "EISDIR" : "EINVAL", "a cgroup has no length");
    if (writable === false) return refuse("EINVAL", "the file is not open for writing");
    const { fs } = this.#state;
    const allowed = writable === null ? permission(inodeOf(fs, cgroup, file), MAY_WRITE, this.#who) : OK;
    return allowed.ok ? setAttributes(fs, cgroup, file, { size: size2 }, SUPERUSER) : allowed;
  }
  /** do_fsync(): control files have none, directories have nothing to do. */
  fsync(fd) {
    const handle = handleOf(this.#state.fs, fd);
    if (!handle.ok) return handle;
    return handle.value.file === null ? OK : refuse("EINVAL", "a control file is on no disk");
  }
  mmap(fd) {
    const handle = handleOf(this.#state.fs, fd);
    return handle.ok ? refuse("ENODEV", "control files can not be mapped") : handle;
  }
  /** The events, of those asked for, that are there. */
  poll(fd, events5) {
    const handle = handleOf(this.#state.fs, fd);
    return handle.ok ? done(events5 & (POLLIN | POLLOUT)) : handle;
  }
  /** vfs_setxattr(), without an LSM. */
  setxattr(target, name) {
    const found = this.#find(target);
    if (!found.ok) return found;
    const { cgroup, file } = found.value;
    if (name.startsWith(XATTR_TRUSTED) && this.#who.uid !== 0)
      return refuse("EPERM", "trusted.* is for uid 0");
    const allowed = permission(inodeOf(this.#state.fs, cgroup, file), MAY_WRITE, this.#who);
    return allowed.ok ? refuse("EOPNOTSUPP", "there are no extended attributes here") : allowed;
  }
  mkdir(path, mode = 511) {
    return mkdir(this.#state.fs, path, mode, this.#who);
  }
  rmdir(path) {
    this.#mustBeIdle();
    return rmdir(this.#state, path, this.#who);
  }
  rename(from, to) {
    return rename(this.#state.fs, from, to, this.#who);
  }
  unlink(path) {
    return unlink(this.#state.fs, path, this.#who);
  }
  symlink(target, path) {
    if (target === "") return refuse("ENOENT", "an empty path names nothing");
    return makeSpecial(this.#state.fs, path, this.#who);
  }
  link(from, to) {
    return link(this.#state.fs, from, to, this.#who);
  }
  /** `mode` with the type of S_IFMT; none is a regular file. */
  mknod(path, mode) {
    const type2 = mode & S_IFMT;
    if (type2 === S_IFDIR) return refuse("EPERM", "mkdir makes directories");
    const regular = type2 === 0 || type2 === S_IFREG;
    return regular ? create(this.#state.fs, path, this.#who) : makeSpecial(this.#state.fs, path, this.#who);
  }
  #write(fd, data, at) {
    this.#mustBeIdle();
    const state = this.#state;
    const { pid } = this.#caller;
    const task = pid === void 0 ? state.sh : state.mm.tasksByPid.get(pid);
    if (task === void 0) return refuse("ESRCH", `no task has the pid ${pid}`);
    const answer2 = write(state.fs, fd, data, at, { task, uid: this.#who.uid });
    return "wait" in answer2 ? begin3(state, handOf(answer2)) : answer2;
  }
  #mustBeIdle() {
    if (this.#state.hand !== null) throw new Error("an operation is in hand: run() until it is done");
    this.#state.answer = null;
  }
  #change(target, change2) {
    const found = this.#find(target);
    if (!found.ok) return found;
    return setAttributes(this.#state.fs, found.value.cgroup, found.value.file, change2, this.#who);
  }
  /** `writable` is null for a path. */
  #find(target) {
    if (typeof target === "number") return handleOf(this.#state.fs, target);
    const found = lookup(this.#state.fs, target, this.#who);
    if (!found.ok) return found;
    const { cgroup, file } = found.value;
    return done({ cgroup, file: file?.name ?? null, writable: null });
  }
};

// src/machine/views.ts
function viewTask(mm, task) {
  const { real } = task;
  if (real !== null && real !== void 0) return viewProcess(mm, task, real);
  return {
    ...viewThread(mm, task),
    anon_pages: pages(task.anonPages),
    mapped_pages: pages(task.vmas.reduce((sum, vma) => sum + vma.pages, 0))
  };
}
function viewProcess(mm, task, real) {
  const { start, seen } = real;
  return {
    ...viewThread(mm, task),
    anon_pages: pages(broughtIn(mm, real, "anon")),
    mapped_pages: pages(broughtIn(mm, real, "file") + broughtIn(mm, real, "shmem")),
    process: {
      start,
      anon: pages(seen.anon),
      file: pages(seen.file),
      shmem: pages(seen.shmem),
      refused: pages(missingPages(mm, real))
    }
  };
}
function viewThread(mm, task) {
  return {
    pid: task.pid,
    name: task.name,
    cgroup: mm.memcgs[task.memcg]?.path ?? "/",
    kind: KIND[task.kind],
    state: stateLetter(task),
    nice: task.nice,
    cpu_ns: ns(Math.round(task.sumExec)),
    stall_ns: ns(Math.round(task.stallTime)),
    behaviour: task.behaviour?.kind ?? null,
    killed: task.killed
  };
}
var KIND = {
  task: "task",
  sh: "task",
  reclaimer: "kthread",
  flusher: "kthread",
  real: "process"
};
function stateLetter(task) {
  if (task.state === RUNNING) return "R";
  if (task.state === STOPPED) return "T";
  if (task.state === DEAD) return "X";
  return task.state === INTERRUPTIBLE ? "S" : "D";
}
var viewDeparted = (task) => ({
  pid: task.pid,
  name: task.name,
  cgroup: task.cgroup,
  kind: "task",
  state: "X",
  nice: task.nice,
  cpu_ns: ns(Math.round(task.cpu)),
  stall_ns: ns(Math.round(task.stall)),
  anon_pages: pages(0),
  mapped_pages: pages(0),
  behaviour: null,
  killed: true
});

// src/mm/figures.ts
function countIn(text, key2) {
  const begin4 = key2 === null ? "" : `${key2} `;
  const line = text.split("\n").find((each) => each.startsWith(begin4)) ?? "";
  return Number(line.slice(begin4.length));
}

// src/machine/machine.ts
var MAX_DEPARTED = 1e3;
var Machine = class _Machine {
  /** Told of every trace event; not part of the state. */
  #state;
  #host;
  #test = null;
  /** Told of every TaskEnd; not part of the state. */
  taskObserver = null;
  constructor(state) {
    this.#state = state;
    this.#host = this.#makeHost();
  }
  /** A machine with the root cgroup and the task `sh`. Throws a RangeError for options that no machine can have. */
  static boot(options = {}) {
    const all = { ...DEFAULT_OPTIONS, ...options };
    const mistake = optionMistake(all);
    if (mistake !== null) throw new RangeError(mistake);
    return new _Machine(bootState(all));
  }
  /** Goes on where the saved machine was; it may be loaded any number of times. */
  static load(saved) {
    return new _Machine(loadState(saved));
  }
  /** The whole state, as data that structuredClone and v8.serialize can hold. */
  save() {
    return saveState(this.#state);
  }
  /** Hands what `save` gives to `use`, uncopied: it holds until `use` returns, and is not to be changed. */
  withSaved(use) {
    return withSaved(this.#state, use);
  }
  /** A second machine that goes on from this one's present. */
  fork() {
    return this.withSaved((saved) => _Machine.load(saved));
  }
  get options() {
    return this.#state.options;
  }
  /** Virtual time since boot. */
  get now() {
    return ns(this.#state.mm.sched.now);
  }
  get observer() {
    return this.#state.mm.observer;
  }
  set observer(observer) {
    this.#state.mm.observer = observer;
  }
  /** It has hardly room for more pages: who makes it grow ends it with a TooLarge. */
  get isFull() {
    return isFull(this.#state.mm);
  }
  /** Begins an operation. Its answer if it was over at once, else null: then run() until it says `done`. */
  perform(operation) {
    const state = this.#state;
    if (state.hand !== null) throw new Error("an operation is in hand: run() until it is done");
    state.answer = null;
    this.#test = operation.op === "wait-until" ? operation.test : null;
    if (this.#test?.(this) === true) return OK;
    const answer2 = perform(state, operation);
    if (operation.op === "exit" && answer2?.ok)
      this.taskObserver?.({ pid: operation.pid, how: "gone", why: "" });
    return answer2;
  }
  /** When something will happen next if nobody does anything; null: never. */
  nextEventAt() {
    const next = nextEvent(this.#state.mm.sched);
    return next === Infinity ? null : ns(next);
  }
  /**
   * Goes on until the operation in hand is over, or virtual time reaches `until` (null: no bound),
   * or `watched`, asked after every event, holds.
   */
  run(until, watched = null) {
    const state = this.#state;
    const { mm } = state;
    const bound = until ?? Infinity;
    for (; ; ) {
      if (state.answer !== null) return this.#done(state.answer);
      const deadline = this.#deadline();
      if (state.hand?.kind === "condition" && this.#test?.(this) === true) return this.#done(OK);
      if (mm.needs !== null) return this.#needs(mm.needs);
      const end4 = Math.min(bound, deadline);
      mm.sched.unseenUntil = watched === null && this.#test === null ? end4 : 0;
      const happened = runOneEvent(mm.sched, this.#host, end4);
      mm.sched.unseenUntil = 0;
      if (happened) {
        if (watched?.() === true) return { why: "watched" };
        continue;
      }
      if (deadline <= bound && deadline !== Infinity) {
        mm.sched.now = Math.max(mm.sched.now, deadline);
        return this.#done(this.#late());
      }
      if (bound === Infinity) return { why: "idle" };
      mm.sched.now = Math.max(mm.sched.now, bound);
      return { why: "time" };
    }
  }
  /**
   * The records that run() asked for, from that record on; `last` when the source
   * ends with them. `files` are the names of the trace's files by their number;
   * one without a name has that of the trace.
   */
  feed(source, batch2, last, files4 = []) {
    const { mm } = this.#state;
    const { needs } = mm;
    if (needs === null || needs.source !== source) throw new Error(`nothing needs records of ${source}`);
    const progress = mm.tasksByPid.get(needs.pid)?.progress;
    if (progress?.kind === "trace") feedTrace(progress, batch2, last, files4);
    mm.needs = null;
  }
  /** As ^C: a behaviour that is run is stopped, anything else in hand goes on without being waited for. */
  interrupt() {
    const state = this.#state;
    const { hand, mm } = state;
    if (hand === null) return;
    if (hand.kind === "behaviour" && hand.strict) {
      const task = mm.tasksByPid.get(hand.pid);
      if (task !== void 0) stopBehaviour(mm, task);
    }
    mm.kernel.dropPass(mm, state.sh);
    mm.needs = null;
    state.hand = null;
    state.answer = refuse("EINTR", "interrupted");
  }
  /** System calls on the cgroup filesystem, as a program that has it mounted makes them. */
  vfs(caller = {}) {
    return new Vfs(this.#state, caller);
  }
  /** The cgroup filesystem entry by entry, for a mount. */
  dentries() {
    return new Dentries(this.#state);
  }
  /** What was set and is not used up, in its order. */
  faults() {
    return this.#state.fs.faults.map((fault) => ({ ...fault }));
  }
  /** The fault that an access is counted by; null: there is none. Who answers it performs `attempt`. */
  nextFault(path, access) {
    return nextFault(this.#state.fs.faults, path, access);
  }
  /** The text of a control file, whatever faults there are: they are for who makes calls, not for who looks on. */
  read(path) {
    const found = lookup(this.#state.fs, path);
    if (!found.ok) return found;
    const { cgroup, file } = found.value;
    return file === null ? refuse("EISDIR", `${path} is a cgroup`) : readFile(file, this.#state.fs, cgroup);
  }
  /** A cgroup's directory in the kernel's order: sub-directories newest first, then the files. */
  list(path) {
    const found = lookupCgroup(this.#state.fs, path);
    if (!found.ok) return found;
    const cgroup = found.value;
    return done([
      ...cgroup.children.map(({ name }) => ({ name, directory: true })),
      ...controlFiles(this.#state.fs, cgroup).map(({ name }) => ({ name, directory: false }))
    ]);
  }
  /** The paths of all cgroups in order of creation, `/` first. */
  cgroups() {
    return this.#inOrder().map(({ memcg }) => memcg.path);
  }
  usage(path) {
    return this.#state.mm.kernel.usage(this.#memcg(path));
  }
  /** Of all cgroups in order of creation: cheaper than to look each of them up. */
  usages() {
    const { kernel } = this.#state.mm;
    return this.#inOrder().map(({ memcg }) => ({ path: memcg.path, usage: kernel.usage(memcg) }));
  }
  /** The numbers of memory.reclaim_stat, also with extras=off. */
  reclaimStat(path) {
    return this.#state.mm.kernel.reclaimStat(this.#memcg(path));
  }
  /** Counters beside the files, as the recordings have them: see MemCgroupStat. */
  counters(path) {
    return this.#memcg(path).stat;
  }
  /** All cgroups in order of creation, `/` first: their numbers, without the cost of reading files. */
  looks() {
    return this.#inOrder().map((cgroup) => lookAt(this.#state, cgroup));
  }
  /**
   * The cgroup's lists from the youngest page to the next to be reclaimed, in at most `cells` cells;
   * of a list that is longer than `most` pages only so many from either end are looked at.
   */
  lists(path, cells, most = LONGEST_WALK) {
    return listStrips(this.#state.mm, this.#memcg(path), cells, most);
  }
  totals() {
    return totalsOf(this.#state.mm);
  }
  /** Page cache of the whole machine, also what is charged to nobody. */
  cached() {
    return pages(this.#state.mm.memcgs.reduce((sum, memcg) => sum + (memcg?.stat.cache ?? 0), 0));
  }
  /** The real processes that have joined, by when they did. */
  processes() {
    const { mm } = this.#state;
    return mm.tasks.flatMap((task) => task.kind === "real" ? [viewTask(mm, task)] : []);
  }
  /** Those that live, by pid, then those that are gone. */
  tasks() {
    const { mm, departed } = this.#state;
    return [...mm.tasks.map((task) => viewTask(mm, task)), ...departed.map(viewDeparted)];
  }
  /** In order of creation, `/` first. */
  #inOrder() {
    return [...this.#state.fs.cgroups.values()].sort((a, b) => a.memcg.order - b.memcg.order);
  }
  #memcg(path) {
    const found = lookupCgroup(this.#state.fs, path);
    if (!found.ok) throw new Error(`no cgroup ${path}`);
    return found.value.memcg;
  }
  #deadline() {
    const { hand } = this.#state;
    if (hand?.kind === "sleep") return hand.until;
    return hand?.kind === "condition" ? hand.until ?? Infinity : Infinity;
  }
  #late() {
    return this.#state.hand?.kind === "sleep" ? OK : refuse("EAGAIN", "it did not come true in time");
  }
  #done(result) {
    this.#state.answer = null;
    this.#state.hand = null;
    this.#test = null;
    return { why: "done", result };
  }
  #needs(needs) {
    const task = this.#state.mm.tasksByPid.get(needs.pid)?.name ?? "";
    return { why: "needs", source: needs.source, record: needs.record, task };
  }
  #makeHost() {
    const state = this.#state;
    const { mm } = state;
    const tell2 = (task, how) => this.taskObserver?.(endOf(mm, task, how));
    const ended = (task) => {
      behaviourEnded(state, task);
      tell2(task, task.outcome);
    };
    return {
      step(task) {
        switch (task.kind) {
          case "task":
            return taskStep(mm, task, ended);
          case "reclaimer":
            return mm.kernel.reclaimerStep(mm, task);
          case "flusher":
            return mm.kernel.flusherStep(mm, task);
          case "real":
            return realStep(mm, task, ended);
          case "sh":
            return shStep(state);
        }
      },
      threadOf: (pid) => mm.tasksByPid.get(pid),
      deviceTimer: (index) => deviceTimer(mm, index),
      exited: (task) => {
        threadExited(state, task);
        tell2(task, "gone");
      }
    };
  }
};
function behaviourEnded(state, task) {
  const { hand } = state;
  if (hand?.kind !== "behaviour" || hand.pid !== task.pid) return;
  state.hand = null;
  state.answer = hand.strict ? endOfRun(endOf(state.mm, task, task.outcome), task.name) : OK;
}
function threadExited(state, task) {
  const { mm, hand } = state;
  const cgroup = mm.memcgs[task.memcg]?.path ?? "/";
  exitTask(mm, task);
  if (task.kind === "reclaimer") {
    mm.kernel.daemonExited(mm, memcgOf(mm, task.reclaims), task);
    if (hand?.kind === "rmdir" || hand?.kind === "stop-daemon") wakeUp(mm.sched, state.sh);
    return;
  }
  const { pid, name, nice, sumExec: cpu, stallTime: stall } = task;
  state.departed.push({ pid, name, cgroup, cpu, stall, nice });
  if (state.departed.length > MAX_DEPARTED) state.departed.shift();
  if (hand?.kind === "exit" && hand.pid === pid) {
    state.hand = null;
    state.answer = OK;
  }
}
export {
  DEFAULT_COSTS,
  DEFAULT_OPTIONS,
  ERRATA2 as ERRATA,
  ERRATA_SETS2 as ERRATA_SETS,
  KERNEL_VERSIONS,
  Machine,
  POLICIES2 as POLICIES,
  cgroupVersionOf,
  countIn,
  endOfRun,
  figureNamesIn,
  optionMistake,
  policyIn2 as policyIn,
  policyMistake
};
