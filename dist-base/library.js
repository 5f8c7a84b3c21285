var __defProp = Object.defineProperty;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __esm = (fn, res, err2) => function __init() {
  if (err2) throw err2[0];
  try {
    return fn && (res = (0, fn[__getOwnPropNames(fn)[0]])(fn = 0)), res;
  } catch (e) {
    throw err2 = [e], e;
  }
};
var __export = (target, all2) => {
  for (var name in all2)
    __defProp(target, name, { get: all2[name], enumerable: true });
};

// src/kernel/errno.ts
var ERRNO_TEXT, refuse, done, OK, isErrno;
var init_errno = __esm({
  "src/kernel/errno.ts"() {
    "use strict";
    ERRNO_TEXT = {
      EPERM: "Operation not permitted",
      ENOENT: "No such file or directory",
      ESRCH: "No such process",
      EINTR: "Interrupted system call",
      EIO: "Input/output error",
      E2BIG: "Argument list too long",
      EBADF: "Bad file descriptor",
      EAGAIN: "Resource temporarily unavailable",
      ENOMEM: "Cannot allocate memory",
      EACCES: "Permission denied",
      EFAULT: "Bad address",
      EBUSY: "Device or resource busy",
      EEXIST: "File exists",
      EXDEV: "Invalid cross-device link",
      ENODEV: "No such device",
      ENOTDIR: "Not a directory",
      EISDIR: "Is a directory",
      EINVAL: "Invalid argument",
      ENFILE: "Too many open files in system",
      EFBIG: "File too large",
      ENOSPC: "No space left on device",
      ESPIPE: "Illegal seek",
      ERANGE: "Numerical result out of range",
      ENAMETOOLONG: "File name too long",
      ENOTEMPTY: "Directory not empty",
      EOPNOTSUPP: "Operation not supported"
    };
    refuse = (errno, why = "") => ({ ok: false, errno, why });
    done = (value2) => ({ ok: true, value: value2 });
    OK = { ok: true, value: void 0 };
    isErrno = (word2) => Object.hasOwn(ERRNO_TEXT, word2);
  }
});

// src/kernel/text.ts
function decodeText(data) {
  try {
    return decoder.decode(data);
  } catch {
    return decodeByPiece(data);
  }
}
function decodeByPiece(data) {
  let text = "";
  let at2 = 0;
  while (at2 < data.length) {
    const length = sequenceLength(data, at2);
    if (length === 0) {
      text += String.fromCharCode(56320 + (data[at2] ?? 0));
      at2 += 1;
    } else {
      text += decoder.decode(data.subarray(at2, at2 + length));
      at2 += length;
    }
  }
  return text;
}
function sequenceLength(data, at2) {
  const lead = data[at2] ?? 0;
  const length = lead < 128 ? 1 : lead < 194 ? 0 : lead < 224 ? 2 : lead < 240 ? 3 : lead < 245 ? 4 : 0;
  if (length === 0 || at2 + length > data.length) return 0;
  try {
    decoder.decode(data.subarray(at2, at2 + length));
    return length;
  } catch {
    return 0;
  }
}
function encodeText(text) {
  return (text.length <= SHORT ? encodeAscii(text) : null) ?? encodeAny(text);
}
function encodeAscii(text) {
  const data = new Uint8Array(text.length);
  for (let at2 = 0; at2 < text.length; at2 += 1) {
    const unit = text.charCodeAt(at2);
    if (unit > 127) return null;
    data[at2] = unit;
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
var decoder, encoder, isEscape, SHORT, isLongerThan;
var init_text = __esm({
  "src/kernel/text.ts"() {
    "use strict";
    decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    encoder = new TextEncoder();
    isEscape = (unit) => unit >= 56448 && unit <= 56575;
    SHORT = 64;
    isLongerThan = (text, bytes2) => text.length > bytes2 || 3 * text.length > bytes2 && encodeText(text).length > bytes2;
  }
});

// src/kernel/units.ts
var PAGE_SHIFT, PAGE_SIZE, bytes, pages, ns, MICROSECOND, MILLISECOND, SECOND, TIME_0, bytesOf, kibibytes, LLONG_MAX, UNSET_PAGES, pagesOf;
var init_units = __esm({
  "src/kernel/units.ts"() {
    "use strict";
    PAGE_SHIFT = 12;
    PAGE_SIZE = 4096;
    bytes = (n) => n;
    pages = (n) => n;
    ns = (n) => n;
    MICROSECOND = ns(1e3);
    MILLISECOND = ns(1e6);
    SECOND = ns(1e9);
    TIME_0 = ns(new Float64Array(1)[0]);
    bytesOf = (count2) => bytes(BigInt(count2) * BigInt(PAGE_SIZE));
    kibibytes = (count2) => `${count2 * (PAGE_SIZE / 1024)}K`;
    LLONG_MAX = bytes(9223372036854775807n);
    UNSET_PAGES = pages(2 ** 30);
    pagesOf = (size2) => pages(Math.ceil(size2 / PAGE_SIZE));
  }
});

// src/task/behaviour.ts
var READ, WRITE, TRUNCATE, DROP, NO_RECORDS;
var init_behaviour = __esm({
  "src/task/behaviour.ts"() {
    "use strict";
    READ = 0;
    WRITE = 1;
    TRUNCATE = 2;
    DROP = 3;
    NO_RECORDS = {
      time: new Float64Array(),
      file: new Int32Array(),
      page: new Float64Array(),
      count: new Int32Array(),
      op: new Uint8Array()
    };
  }
});

// src/script/world.ts
function andThen(value2, next) {
  return value2 instanceof Promise ? value2.then(next) : next(value2);
}
function inTurn(items, act) {
  for (let i = 0; i < items.length; i++) {
    const outcome = act(items[i]);
    if (outcome instanceof Promise) return goOn(outcome, items.slice(i + 1), act);
    if (!outcome.ok) return outcome;
  }
  return FINE;
}
async function goOn(first, rest3, act) {
  let outcome = await first;
  for (const item of rest3) {
    if (!outcome.ok) return outcome;
    outcome = await act(item);
  }
  return outcome;
}
var FINE, failure, refused, answered;
var init_world = __esm({
  "src/script/world.ts"() {
    "use strict";
    init_errno();
    FINE = { ok: true };
    failure = (kind, message, why = "") => ({
      ok: false,
      kind,
      message,
      why,
      errno: null
    });
    refused = (subject, { errno, why }) => ({
      ok: false,
      kind: "refused",
      message: `${subject}: ${errno}: ${ERRNO_TEXT[errno]}`,
      why,
      errno
    });
    answered = (result, subject) => result.ok ? FINE : refused(subject, result);
  }
});

// src/kernel/visible.ts
var UNSAFE, HAS_UNSAFE, isPrintable;
var init_visible = __esm({
  "src/kernel/visible.ts"() {
    "use strict";
    init_text();
    UNSAFE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;
    HAS_UNSAFE = new RegExp(UNSAFE.source, "u");
    isPrintable = (text) => !HAS_UNSAFE.test(text);
  }
});

// src/script/mistake.ts
var Mistake, Misshapen;
var init_mistake = __esm({
  "src/script/mistake.ts"() {
    "use strict";
    init_visible();
    Mistake = class extends Error {
      /** From 1, in UTF-16 units; 0 when no column is to blame. */
      column;
      constructor(message, column) {
        super(message);
        this.name = "Mistake";
        this.column = column;
      }
    };
    Misshapen = class extends Mistake {
    };
  }
});

// src/script/input-file.ts
function openInput(path) {
  checkRegular(path, statSync(path));
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    checkRegular(path, fstatSync(file));
    return file;
  } catch (error) {
    closeSync(file);
    throw error;
  }
}
function checkRegular(path, stats) {
  if (stats.isDirectory()) throw fault(path, "EISDIR", "illegal operation on a directory");
  if (stats.isFile()) return;
  const kind = stats.isFIFO() ? "a pipe" : stats.isSocket() ? "a socket" : "a device";
  throw fault(path, "EINVAL", `this is ${kind}, and only a regular file is read here`);
}
var closeSync, constants, fstatSync, openSync, readFileSync, statSync, fault;
var init_input_file = __esm({
  "src/script/input-file.ts"() {
    "use strict";
    ({ closeSync, constants, fstatSync, openSync, readFileSync, statSync } = process.getBuiltinModule("node:fs"));
    fault = (path, code, text) => Object.assign(new Error(`${code}: ${text}, open '${path}'`), { code, syscall: "open", path });
  }
});

// src/script/source.ts
function linesIn(whole2, first = 1) {
  const text = first === 1 && whole2.startsWith("\uFEFF") ? whole2.slice(1) : whole2;
  const lines = text.split("\n");
  const bad = JUNK.test(text) ? lines.findIndex((line) => JUNK.test(line)) : -1;
  const sound = bad < 0 ? lines : lines.slice(0, bad);
  return {
    first,
    lines: text.includes("\r") ? sound.map(withoutReturn) : sound,
    mistake: bad < 0 ? null : junk(lines[bad])
  };
}
function junk(line) {
  const at2 = line.search(JUNK);
  const unit = line.charCodeAt(at2);
  if (unit === 0) return new Mistake('a NUL byte: this is not a script (in a word, write "\\0")', at2 + 1);
  const byte = (unit >= 56448 ? unit - 56320 : unit).toString(16).padStart(2, "0");
  const what = unit >= 56448 ? "is not UTF-8" : "is a control character";
  return new Mistake(`byte 0x${byte} ${what}: this is not a script (in a word, write "\\x${byte}")`, at2 + 1);
}
function tooLong2(line) {
  const text = decodeText(line.subarray(0, PIECE));
  const cut = text.slice(0, -4);
  if (JUNK.test(cut)) return junk(cut);
  return new Mistake(`this line is longer than ${MAX_LINE} bytes`, 0);
}
var MAX_LINE, PIECE, NEWLINE, LineCutter, withoutReturn, JUNK;
var init_source = __esm({
  "src/script/source.ts"() {
    "use strict";
    init_text();
    init_mistake();
    MAX_LINE = 1 << 20;
    PIECE = 1 << 16;
    NEWLINE = 10;
    LineCutter = class {
      #line = 1;
      /** The beginning of a line that has no end yet. */
      #open = [];
      #length = 0;
      /** The lines that end in these bytes, which are PIECE at most; null: none does. */
      push(piece) {
        const end4 = piece.lastIndexOf(NEWLINE);
        if (end4 < 0) {
          this.#keep(piece);
          return this.#length > MAX_LINE ? this.#stop([], tooLong2(this.#join())) : null;
        }
        const firstEnd = piece.indexOf(NEWLINE);
        this.#keep(piece.subarray(0, firstEnd));
        if (this.#length > MAX_LINE) return this.#stop([], tooLong2(this.#join()));
        this.#keep(piece.subarray(firstEnd, end4));
        const block = this.#join();
        this.#keep(piece.subarray(end4 + 1));
        return this.#cut(block);
      }
      /** The last line, which has no end. */
      end() {
        return this.#length === 0 ? null : this.#cut(this.#join());
      }
      #keep(piece) {
        if (piece.length === 0) return;
        this.#open.push(new Uint8Array(piece));
        this.#length += piece.length;
      }
      #join() {
        const whole2 = this.#open.length === 1 ? this.#open[0] : new Uint8Array(this.#length);
        if (this.#open.length !== 1) {
          let at2 = 0;
          for (const piece of this.#open) {
            whole2.set(piece, at2);
            at2 += piece.length;
          }
        }
        this.#open = [];
        this.#length = 0;
        return whole2;
      }
      #cut(block) {
        const lines = linesIn(decodeText(block), this.#line);
        this.#line += lines.lines.length;
        return lines;
      }
      #stop(lines, mistake) {
        return { first: this.#line, lines, mistake };
      }
    };
    withoutReturn = (line) => line.endsWith("\r") ? line.slice(0, -1) : line;
    JUNK = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\udc80-\udcff]/u;
  }
});

// src/script/script-files.ts
import { dirname as dirname2, isAbsolute, join as join3 } from "node:path";
import { setImmediate as setImmediate2 } from "node:timers/promises";
function linesAt(all2) {
  let at2 = 0;
  return { next: () => all2[at2++] ?? null, close: () => {
  } };
}
function chunksOf(path, stdin, signal2) {
  if (stdin === null) return new FileChunks(openSync2(path, "r"), false);
  if (path !== STDIN && statSync2(path).isFile()) return new FileChunks(openInput(path), true);
  return streamed(path === STDIN ? stdin : createReadStream(path), signal2);
}
function streamed(stream, signal2) {
  const chunks = stream[Symbol.asyncIterator]();
  const interrupted = new Promise((_, reject) => {
    signal2?.addEventListener("abort", () => reject(new Interrupted()));
  });
  interrupted.catch(() => {
  });
  return {
    next: async () => {
      const { done: done2, value: value2 } = await Promise.race([chunks.next(), interrupted]);
      return done2 === true ? null : value2;
    },
    close: () => void chunks.return?.()
  };
}
var closeSync2, createReadStream, openSync2, readSync, statSync2, STDIN, besideScript, linesOfText, linesOf, LinesOfBytes, Interrupted, FileChunks, isSystemError, systemText;
var init_script_files = __esm({
  "src/script/script-files.ts"() {
    "use strict";
    init_input_file();
    init_source();
    init_world();
    ({ closeSync: closeSync2, createReadStream, openSync: openSync2, readSync, statSync: statSync2 } = process.getBuiltinModule("node:fs"));
    STDIN = "-";
    besideScript = (script, path) => isAbsolute(path) || script === STDIN ? path : join3(dirname2(script), path);
    linesOfText = (text) => linesAt([linesIn(text)]);
    linesOf = (path, stdin, signal2 = null) => new LinesOfBytes(path, () => chunksOf(path, stdin, signal2));
    LinesOfBytes = class {
      #path;
      #open;
      #cutter = new LineCutter();
      #chunks = null;
      /** Not cut yet. */
      #left = new Uint8Array();
      #ended = false;
      constructor(path, open3) {
        this.#path = path;
        this.#open = open3;
      }
      next() {
        try {
          while (!this.#ended) {
            const lines = this.#cut();
            if (lines !== null) return lines;
            this.#chunks ??= this.#open();
            const chunk = this.#chunks.next();
            if (chunk instanceof Promise) return this.#later(chunk);
            const last = this.#take(chunk);
            if (last !== null) return last;
          }
          return null;
        } catch (error) {
          return this.#fault(error);
        }
      }
      close() {
        this.#ended = true;
        this.#chunks?.close();
      }
      async #later(soon2) {
        try {
          const last = this.#take(await soon2);
          return last ?? await this.next();
        } catch (error) {
          return this.#fault(error);
        }
      }
      #cut() {
        while (this.#left.length > 0) {
          const lines = this.#cutter.push(this.#left.subarray(0, PIECE));
          this.#left = this.#left.subarray(PIECE);
          if (lines === null) continue;
          if (lines.mistake !== null) this.close();
          return lines;
        }
        return null;
      }
      /** The last line, when these bytes are the end. */
      #take(chunk) {
        if (chunk !== null) this.#left = chunk;
        else this.close();
        return chunk === null ? this.#cutter.end() : null;
      }
      #fault(error) {
        this.close();
        if (error instanceof Interrupted) return failure("interrupted", "interrupted");
        if (!isSystemError(error)) throw error;
        return failure("world", `${this.#path}: ${systemText(error)}`);
      }
    };
    Interrupted = class extends Error {
    };
    FileChunks = class {
      #chunk = Buffer.allocUnsafe(PIECE);
      #polite;
      #file;
      #full = false;
      /** `polite`: of a long script others get a turn. */
      constructor(file, polite) {
        this.#file = file;
        this.#polite = polite;
      }
      next() {
        if (this.#full && this.#polite) return setImmediate2().then(() => this.#read());
        return this.#read();
      }
      close() {
        if (this.#file >= 0) closeSync2(this.#file);
        this.#file = -1;
      }
      #read() {
        const read3 = readSync(this.#file, this.#chunk);
        this.#full = read3 === PIECE;
        return read3 === 0 ? null : this.#chunk.subarray(0, read3);
      }
    };
    isSystemError = (error) => error instanceof Error && "syscall" in error && typeof error.code === "string";
    systemText = (error) => error.message.replace(/^[A-Z0-9]+: /, "").replace(/, \w+( '.*')?$/s, "");
  }
});

// src/workload/record-queue.ts
function moved(from, to, head, tail) {
  to.set(from.subarray(head, tail));
  return to;
}
var FILE_PAGES, REQUEST_BYTES, RecordQueue;
var init_record_queue = __esm({
  "src/workload/record-queue.ts"() {
    "use strict";
    init_units();
    FILE_PAGES = 2 ** 33;
    REQUEST_BYTES = 2 ** 32;
    RecordQueue = class {
      #time = new Float64Array(1024);
      #file = new Int32Array(1024);
      #page = new Float64Array(1024);
      #count = new Int32Array(1024);
      #op = new Uint8Array(1024);
      #head = 0;
      #tail = 0;
      get length() {
        return this.#tail - this.#head;
      }
      /** `offset` and `size` in bytes; the request touches every page that it covers, so `size` is not 0. */
      pushBytes(time, file, offset, size2, op) {
        const first = Math.floor(offset / PAGE_SIZE);
        const last = Math.floor((offset + size2 - 1) / PAGE_SIZE);
        this.push(time, file, first, last - first + 1, op);
      }
      push(time, file, page, count2, op) {
        if (this.#tail === this.#time.length) this.#makeRoom();
        const at2 = this.#tail++;
        this.#time[at2] = time;
        this.#file[at2] = file;
        this.#page[at2] = page;
        this.#count[at2] = count2;
        this.#op[at2] = op;
      }
      /** The first `max` records, or all if they are fewer, in memory of their own. */
      take(max4) {
        const from = this.#head;
        const to = Math.min(this.#tail, from + max4);
        this.#head = to;
        return {
          time: this.#time.slice(from, to),
          file: this.#file.slice(from, to),
          page: this.#page.slice(from, to),
          count: this.#count.slice(from, to),
          op: this.#op.slice(from, to)
        };
      }
      #makeRoom() {
        const head = this.#head;
        const tail = this.#tail;
        const capacity = this.length > this.#time.length / 2 ? this.#time.length * 2 : this.#time.length;
        this.#time = moved(this.#time, new Float64Array(capacity), head, tail);
        this.#file = moved(this.#file, new Int32Array(capacity), head, tail);
        this.#page = moved(this.#page, new Float64Array(capacity), head, tail);
        this.#count = moved(this.#count, new Int32Array(capacity), head, tail);
        this.#op = moved(this.#op, new Uint8Array(capacity), head, tail);
        this.#head = 0;
        this.#tail = tail - head;
      }
    };
  }
});

// src/workload/object-layout.ts
var MOST_OBJECTS, ObjectLayout;
var init_object_layout = __esm({
  "src/workload/object-layout.ts"() {
    "use strict";
    init_record_queue();
    MOST_OBJECTS = 2 ** 24;
    ObjectLayout = class {
      #low = new Uint32Array(1024);
      #high = new Uint32Array(1024);
      #page = new Float64Array(1024);
      /** Pages of the run; 0: the slot is free. */
      #run = new Uint32Array(1024);
      #objects = 0;
      #end = 0;
      /** Why the last `place` found no room. */
      full = "";
      /** First page of the object with this id (its two halves); null if there is no room, see `full`. */
      place(low3, high4, count2) {
        let slot = this.#slot(low3, high4);
        if (this.#run[slot] >= count2) return this.#page[slot];
        if (this.#end + count2 > FILE_PAGES) {
          this.full = "the objects together are larger than the largest file (32 TiB)";
          return null;
        }
        if (this.#run[slot] === 0) {
          if (this.#objects === MOST_OBJECTS) {
            this.full = `there are more than ${MOST_OBJECTS} distinct objects`;
            return null;
          }
          if (++this.#objects * 2 > this.#run.length) {
            this.#grow();
            slot = this.#slot(low3, high4);
          }
        }
        this.#set(slot, low3, high4, this.#end, count2);
        this.#end += count2;
        return this.#page[slot];
      }
      /** The slot of this id, or the free one where it belongs. */
      #slot(low3, high4) {
        const mask = this.#run.length - 1;
        let hash = Math.imul(low3, 2654435761) ^ Math.imul(high4, 2246822507);
        hash ^= hash >>> 15;
        let slot = hash & mask;
        while (this.#run[slot] !== 0 && (this.#low[slot] !== low3 || this.#high[slot] !== high4)) {
          slot = slot + 1 & mask;
        }
        return slot;
      }
      #set(slot, low3, high4, page, run) {
        this.#low[slot] = low3;
        this.#high[slot] = high4;
        this.#page[slot] = page;
        this.#run[slot] = run;
      }
      #grow() {
        const low3 = this.#low;
        const high4 = this.#high;
        const page = this.#page;
        const run = this.#run;
        this.#low = new Uint32Array(run.length * 2);
        this.#high = new Uint32Array(run.length * 2);
        this.#page = new Float64Array(run.length * 2);
        this.#run = new Uint32Array(run.length * 2);
        for (let i = 0; i < run.length; i++) {
          if (run[i] !== 0) this.#set(this.#slot(low3[i], high4[i]), low3[i], high4[i], page[i], run[i]);
        }
      }
    };
  }
});

// src/workload/syscalls/described.ts
function described(text) {
  const parts = DESCRIPTOR.exec(text);
  if (parts === null) return null;
  const fd = parts[1] === "AT_FDCWD" ? WORKING_DIRECTORY : Number(parts[1]);
  const isFile2 = parts[2] !== void 0 && parts[3] === void 0;
  return { fd, path: isFile2 ? unescaped(parts[2]) : null };
}
function quotedText(text) {
  const parts = /^"(.*)"(\.\.\.)?$/s.exec(text);
  return parts === null ? null : unescaped(parts[1]);
}
function unescaped(text) {
  if (!text.includes("\\")) return text;
  const bytes2 = [];
  for (const [part, octal, hex2, other] of text.matchAll(/\\(?:([0-7]{1,3})|x([0-9a-f]{2})|(.))|[^\\]+/gs)) {
    if (octal !== void 0) bytes2.push(Number.parseInt(octal, 8));
    else if (hex2 !== void 0) bytes2.push(Number.parseInt(hex2, 16));
    else if (other !== void 0) bytes2.push(NAMED[other] ?? other.charCodeAt(0));
    else bytes2.push(...Buffer.from(part));
  }
  return Buffer.from(bytes2).toString("utf8");
}
function number(text) {
  const parts = /^(0x[0-9a-f]+|-?\d+)/.exec(text ?? "");
  return parts === null ? 0 : Number(parts[1]);
}
var DESCRIPTOR, NO_STORAGE, WORKING_DIRECTORY, isSharedMemory, isOnStorage, NAMED, fdOf2, has;
var init_described = __esm({
  "src/workload/syscalls/described.ts"() {
    "use strict";
    DESCRIPTOR = /^(-?\d+|AT_FDCWD)(?:<(\/[^<>]*)(<\w+ [^>]*>)?>)?(\(deleted\))?/;
    NO_STORAGE = /^\/(proc|sys|dev)(\/|$)/;
    WORKING_DIRECTORY = -100;
    isSharedMemory = (path) => /^\/(dev\/shm\/|memfd:|SYSV|dev\/zero)/.test(path);
    isOnStorage = (path) => !NO_STORAGE.test(path) && !isSharedMemory(path);
    NAMED = { n: 10, t: 9, r: 13, v: 11, f: 12, a: 7, b: 8 };
    fdOf2 = (text) => described(text ?? "")?.fd ?? -1;
    has = (flags, flag2) => new RegExp(`\\b${flag2}\\b`).test(flags);
  }
});

// src/workload/syscalls/descriptors.ts
function copied({ opened: opened2 }) {
  for (const { description } of opened2.values()) description.users += 1;
  return { opened: new Map([...opened2].map(([fd, each]) => [fd, { ...each }])), users: 0 };
}
var Descriptors;
var init_descriptors = __esm({
  "src/workload/syscalls/descriptors.ts"() {
    "use strict";
    Descriptors = class {
      #tables = /* @__PURE__ */ new Map();
      /** Tasks in the middle of a call that makes another task, the latest last. */
      #cloning = /* @__PURE__ */ new Set();
      /** Tasks that ended while the call that made them may not have: their parent hears of them only then. */
      #endedEarly = /* @__PURE__ */ new Set();
      #released;
      /** `released` is told of each description whose last descriptor is closed. */
      constructor(released) {
        this.#released = released;
      }
      /** Tasks that were heard of and have not ended, by their pids. */
      get tasks() {
        return new Set(this.#tables.keys());
      }
      get(pid, fd) {
        return this.#table(pid).opened.get(fd)?.description;
      }
      open(pid, fd, description, closeOnExec) {
        description.users += 1;
        this.close(pid, fd);
        this.#table(pid).opened.set(fd, { description, closeOnExec });
      }
      /** dup(2). */
      copy(pid, from, to, closeOnExec) {
        const description = this.get(pid, from);
        if (from === to) return;
        if (description === void 0) this.close(pid, to);
        else this.open(pid, to, description, closeOnExec);
      }
      close(pid, first, last = first) {
        const { opened: opened2 } = this.#table(pid);
        const fds = first === last ? [first] : [...opened2.keys()].filter((fd) => fd >= first && fd <= last);
        for (const fd of fds) {
          const description = opened2.get(fd)?.description;
          opened2.delete(fd);
          if (description !== void 0) this.#release(description);
        }
      }
      setCloseOnExec(pid, fd, closeOnExec) {
        const opened2 = this.#table(pid).opened.get(fd);
        if (opened2 !== void 0) opened2.closeOnExec = closeOnExec;
      }
      /** A call has begun that may make a task whose lines come before this call's end. */
      cloneBegun(pid) {
        this.#cloning.delete(pid);
        this.#cloning.add(pid);
      }
      cloned(parent, child, shares) {
        const ended = this.#endedEarly.has(child);
        this.#cloneOver(parent);
        if (ended) return;
        if (shares) this.#share(child, this.#table(parent));
        else if (!this.#tables.has(child)) this.#give(child, copied(this.#table(parent)));
      }
      /** execve(2): the table is the task's alone, without what was to be closed. */
      executed(pid) {
        this.#give(pid, copied(this.#table(pid)));
        const { opened: opened2 } = this.#table(pid);
        for (const [fd, { closeOnExec }] of [...opened2]) if (closeOnExec) this.close(pid, fd);
      }
      exited(pid) {
        this.#cloneOver(pid);
        if (this.#cloning.size > 0) this.#endedEarly.add(pid);
        this.#leave(pid);
      }
      #cloneOver(pid) {
        this.#cloning.delete(pid);
        if (this.#cloning.size === 0) this.#endedEarly.clear();
      }
      #table(pid) {
        const known = this.#tables.get(pid);
        if (known !== void 0) return known;
        const parent = [...this.#cloning].at(-1);
        return this.#give(
          pid,
          parent === void 0 ? { opened: /* @__PURE__ */ new Map(), users: 0 } : copied(this.#table(parent))
        );
      }
      #share(pid, table) {
        if (this.#tables.get(pid) !== table) this.#give(pid, table);
      }
      #give(pid, table) {
        table.users += 1;
        this.#leave(pid);
        this.#tables.set(pid, table);
        return table;
      }
      #leave(pid) {
        const table = this.#tables.get(pid);
        this.#tables.delete(pid);
        if (table === void 0) return;
        table.users -= 1;
        if (table.users === 0) for (const { description } of table.opened.values()) this.#release(description);
      }
      #release(description) {
        description.users -= 1;
        if (description.users === 0) this.#released(description);
      }
    };
  }
});

// src/workload/syscalls/files.ts
var Files;
var init_files = __esm({
  "src/workload/syscalls/files.ts"() {
    "use strict";
    init_described();
    Files = class {
      #files = [];
      #numbers = /* @__PURE__ */ new Map();
      #sizeOf;
      /** `sizeOf`: bytes that a file on the disk has now, 0 where there is none. */
      constructor(sizeOf) {
        this.#sizeOf = sizeOf;
      }
      get names() {
        return this.#files.map(({ name }) => name);
      }
      /** The number of the file at that path; null: it is on no storage. */
      at(path) {
        if (!isOnStorage(path)) return null;
        return this.#numbers.get(path) ?? this.#add(path);
      }
      known(path) {
        return this.#numbers.get(path);
      }
      of(number2) {
        return this.#files[number2];
      }
      /** Answers whether nobody has it open: then nothing of it is cached any more. */
      remove(path) {
        const number2 = this.#numbers.get(path);
        if (number2 === void 0) return null;
        this.#numbers.delete(path);
        const file = this.#files[number2];
        file.removed = true;
        return file.users === 0 ? number2 : null;
      }
      /** Answers the file that stood at `to`, if nobody has it open. */
      rename(from, to) {
        const number2 = this.#numbers.get(from);
        if (number2 === void 0) return this.remove(to);
        const replaced = this.remove(to);
        this.#numbers.delete(from);
        this.#numbers.set(to, number2);
        return replaced;
      }
      #add(path) {
        const number2 = this.#files.length;
        const taken = this.#files.filter(({ name: name2 }) => name2 === path || name2.startsWith(`${path}#`)).length;
        const name = taken === 0 ? path : `${path}#${taken + 1}`;
        this.#files.push({ name, length: this.#sizeOf(path), users: 0, removed: false });
        this.#numbers.set(path, number2);
        return number2;
      }
    };
  }
});

// src/workload/syscalls/accesses.ts
import { posix } from "node:path";
var FileAccesses;
var init_accesses = __esm({
  "src/workload/syscalls/accesses.ts"() {
    "use strict";
    init_described();
    init_descriptors();
    init_files();
    FileAccesses = class {
      #descriptors = new Descriptors((description) => this.#released(description));
      #files;
      #real;
      #tell;
      #directories = /* @__PURE__ */ new Map();
      #time = 0;
      /** Things that it saw and can't follow, in words. */
      notes = /* @__PURE__ */ new Set();
      constructor(real, directory2, tell2) {
        this.#real = real;
        this.#files = new Files((path) => real.sizeOf(path));
        this.#directory = directory2;
        this.#tell = tell2;
      }
      #directory;
      /** By number. */
      get names() {
        return this.#files.names;
      }
      /** Tasks that were heard of and have not ended, by their pids. */
      get tasks() {
        return this.#descriptors.tasks;
      }
      /** A call has begun that may make a task whose calls are told before this one's end. */
      cloneBegun(pid) {
        this.#descriptors.cloneBegun(pid);
      }
      exited(pid) {
        this.#descriptors.exited(pid);
        this.#directories.delete(pid);
      }
      /** It is so late, microseconds since 1970: what follows happens then. */
      at(time) {
        this.#time = Math.max(this.#time, time);
      }
      open({ pid, result }, flags) {
        const opened2 = described(result);
        if (opened2 === null) return;
        const direct = has(flags, "O_DIRECT");
        if (direct && opened2.path !== null) this.notes.add("direct I/O (O_DIRECT) passes the page cache by");
        const file = opened2.path === null || direct || has(flags, "O_DIRECTORY") ? null : this.#files.at(opened2.path);
        if (file !== null && has(flags, "O_TRUNC")) this.#truncate(file, 0);
        this.#open(pid, opened2.fd, file, 0, has(flags, "O_APPEND"), has(flags, "O_CLOEXEC"));
      }
      /** `at`: the position that was given, bytes; null: the description's own, which goes on. */
      transfer(kind, pid, descriptor, at2, size2) {
        const description = this.#find(pid, descriptor);
        if (description === void 0 || description.file === null || size2 <= 0) return;
        const file = this.#files.of(description.file);
        const offset = at2 ?? (kind === "write" && description.append ? file.length : description.offset);
        if (at2 === null) description.offset = offset + size2;
        if (kind === "write") file.length = Math.max(file.length, offset + size2);
        this.#access(kind, description.file, offset, size2);
      }
      seek({ pid, args, result }) {
        const description = this.#find(pid, args[0]);
        if (description !== void 0) description.offset = number(result);
      }
      duplicate({ pid, args, result }, closeOnExec) {
        const to = described(result);
        const from = described(args[0]);
        if (to === null || from === null) return;
        this.#find(pid, args[0]);
        this.#descriptors.copy(pid, from.fd, to.fd, closeOnExec);
      }
      control(call) {
        const { pid, args } = call;
        if (args[1]?.startsWith("F_DUPFD")) this.duplicate(call, args[1] === "F_DUPFD_CLOEXEC");
        else if (args[1] === "F_SETFD")
          this.#descriptors.setCloseOnExec(pid, fdOf2(args[0]), has(args[2] ?? "", "FD_CLOEXEC"));
      }
      close(pid, first, last) {
        this.#descriptors.close(pid, first, last);
      }
      truncateOpen({ pid, args }) {
        const file = this.#find(pid, args[0])?.file;
        if (file !== void 0 && file !== null) this.#truncate(file, number(args[1]));
      }
      truncatePath({ pid, args }) {
        const path = this.#path(pid, null, args[0]);
        const file = path === null ? null : this.#files.at(path);
        if (file !== null) this.#truncate(file, number(args[1]));
      }
      advise({ pid, args }) {
        const file = this.#find(pid, args[0])?.file;
        if (file === void 0 || file === null || args[3] !== "POSIX_FADV_DONTNEED") return;
        const offset = number(args[1]);
        this.#access("drop", file, offset, number(args[2]) || Math.max(0, this.#files.of(file).length - offset));
      }
      /** `size`: bytes; null: the whole file. */
      map(path, offset, size2) {
        const file = this.#files.at(path);
        if (file !== null) this.#access("map", file, offset, size2 ?? this.#files.of(file).length);
      }
      remove(pid, directory2, path) {
        const removed = this.#path(pid, directory2, path);
        const file = removed === null ? null : this.#files.remove(removed);
        if (file !== null) this.#truncate(file, 0);
      }
      rename(pid, from, to) {
        const [old, fresh] = [this.#path(pid, ...from), this.#path(pid, ...to)];
        if (old === null || fresh === null || old === fresh) return;
        const replaced = this.#files.rename(old, fresh);
        if (replaced !== null) this.#truncate(replaced, 0);
      }
      clone({ pid, result }, flags) {
        const child = number(result);
        this.#descriptors.cloned(pid, child, has(flags, "CLONE_FILES"));
        this.#directories.set(child, this.#directories.get(pid) ?? this.#directory);
      }
      execute({ pid }, directory2, program) {
        this.#descriptors.executed(pid);
        const path = this.#path(pid, directory2, program);
        if (path !== null) this.map(path, 0, null);
      }
      changeDirectory(pid, path) {
        if (path !== null)
          this.#directories.set(pid, posix.resolve(this.#directories.get(pid) ?? this.#directory, path));
      }
      #find(pid, text) {
        const named2 = described(text ?? "");
        if (named2 === null || named2.fd < 0) return void 0;
        const known = this.#descriptors.get(pid, named2.fd);
        if (known !== void 0) return known;
        const file = named2.path === null ? null : this.#files.at(named2.path);
        const inherited = this.#real.inherited(named2.fd);
        this.#open(pid, named2.fd, file, inherited?.offset ?? 0, inherited?.append ?? false, false);
        return this.#descriptors.get(pid, named2.fd);
      }
      #open(pid, fd, file, offset, append, closeOnExec) {
        if (file !== null) this.#files.of(file).users += 1;
        this.#descriptors.open(pid, fd, { file, offset, append, users: 0 }, closeOnExec);
      }
      #released({ file }) {
        if (file === null) return;
        const known = this.#files.of(file);
        known.users -= 1;
        if (known.users === 0 && known.removed) this.#truncate(file, 0);
      }
      #truncate(number2, length) {
        const file = this.#files.of(number2);
        if (length < file.length) this.#access("truncate", number2, length, 0);
        file.length = length;
      }
      #access(kind, file, offset, size2) {
        this.#tell({ time: this.#time, kind, file, offset, size: size2 });
      }
      /** `directory`: what a name is relative to, as strace describes it; null: the working directory. */
      #path(pid, directory2, text) {
        const name = quotedText(text);
        if (name === null) return null;
        const base = directory2 === null ? null : described(directory2);
        if (base !== null && base.fd === WORKING_DIRECTORY && base.path !== null)
          this.#directories.set(pid, base.path);
        return posix.resolve(base?.path ?? this.#directories.get(pid) ?? this.#directory, name);
      }
    };
  }
});

// src/workload/syscalls/calls.ts
function atPosition(to, kind, { pid, args, result }) {
  const at2 = number(args[3]);
  to.transfer(kind, pid, args[0], at2 < 0 ? null : at2, number(result));
}
function between(to, { pid, args, result }) {
  to.transfer("read", pid, args[0], given(args[1]), number(result));
  to.transfer("write", pid, args[2], given(args[3]), number(result));
}
var TracedCalls, CLONES, CALLS2, inPlace, given;
var init_calls = __esm({
  "src/workload/syscalls/calls.ts"() {
    "use strict";
    init_described();
    TracedCalls = class {
      #accesses;
      constructor(accesses) {
        this.#accesses = accesses;
      }
      begun(pid, name) {
        if (CLONES.has(name)) this.#accesses.cloneBegun(pid);
      }
      called(call) {
        this.#accesses.at(call.time);
        CALLS2[call.name]?.(this.#accesses, call);
      }
      exited(pid) {
        this.#accesses.exited(pid);
      }
    };
    CLONES = /* @__PURE__ */ new Set(["fork", "vfork", "clone", "clone3"]);
    CALLS2 = {
      open: (to, call) => to.open(call, call.args[1] ?? ""),
      openat: (to, call) => to.open(call, call.args[2] ?? ""),
      openat2: (to, call) => to.open(call, call.args[2] ?? ""),
      creat: (to, call) => to.open(call, "O_TRUNC"),
      close: (to, { pid, args }) => to.close(pid, fdOf2(args[0])),
      close_range: (to, { pid, args }) => {
        if (!has(args[2] ?? "", "CLOSE_RANGE_CLOEXEC")) to.close(pid, number(args[0]), number(args[1]));
      },
      dup: (to, call) => to.duplicate(call, false),
      dup2: (to, call) => to.duplicate(call, false),
      dup3: (to, call) => to.duplicate(call, has(call.args[2] ?? "", "O_CLOEXEC")),
      fcntl: (to, call) => to.control(call),
      lseek: (to, call) => to.seek(call),
      read: (to, call) => inPlace(to, "read", call),
      readv: (to, call) => inPlace(to, "read", call),
      write: (to, call) => inPlace(to, "write", call),
      writev: (to, call) => inPlace(to, "write", call),
      pread64: (to, call) => atPosition(to, "read", call),
      preadv: (to, call) => atPosition(to, "read", call),
      preadv2: (to, call) => atPosition(to, "read", call),
      pwrite64: (to, call) => atPosition(to, "write", call),
      pwritev: (to, call) => atPosition(to, "write", call),
      pwritev2: (to, call) => atPosition(to, "write", call),
      sendfile: (to, { pid, args, result }) => {
        to.transfer("read", pid, args[1], given(args[2]), number(result));
        to.transfer("write", pid, args[0], null, number(result));
      },
      copy_file_range: (to, call) => between(to, call),
      splice: (to, call) => between(to, call),
      mmap: (to, { args }) => {
        const path = described(args[4] ?? "")?.path ?? null;
        if (path !== null) to.map(path, number(args[5]), number(args[1]));
      },
      fadvise64: (to, call) => to.advise(call),
      truncate: (to, call) => to.truncatePath(call),
      ftruncate: (to, call) => to.truncateOpen(call),
      unlink: (to, { pid, args }) => to.remove(pid, null, args[0]),
      unlinkat: (to, { pid, args }) => {
        if (!has(args[2] ?? "", "AT_REMOVEDIR")) to.remove(pid, args[0], args[1]);
      },
      rename: (to, { pid, args }) => to.rename(pid, [null, args[0]], [null, args[1]]),
      renameat: (to, { pid, args }) => to.rename(pid, [args[0], args[1]], [args[2], args[3]]),
      renameat2: (to, { pid, args }) => to.rename(pid, [args[0], args[1]], [args[2], args[3]]),
      fork: (to, call) => to.clone(call, ""),
      vfork: (to, call) => to.clone(call, ""),
      clone: (to, call) => to.clone(call, call.args.join(" ")),
      clone3: (to, call) => to.clone(call, call.args[0] ?? ""),
      execve: (to, call) => to.execute(call, null, call.args[0]),
      execveat: (to, call) => to.execute(call, call.args[0], call.args[1]),
      chdir: (to, { pid, args }) => to.changeDirectory(pid, quotedText(args[0])),
      fchdir: (to, { pid, args }) => to.changeDirectory(pid, described(args[0])?.path ?? null),
      io_uring_setup: (to) => to.notes.add("io_uring was used: what is read and written through it is not seen")
    };
    inPlace = (to, kind, { pid, args, result }) => to.transfer(kind, pid, args[0], null, number(result));
    given = (text) => {
      const parts = /^\[(\d+)\]/.exec(text ?? "");
      return parts === null ? null : Number(parts[1]);
    };
  }
});

// src/workload/syscalls/strace-lines.ts
function splitArguments(text, from, to) {
  const parts = [];
  let depth = 0;
  let start2 = from;
  for (let at2 = from; at2 < to; at2 += 1) {
    const character = text[at2];
    if (character === '"') at2 = endOfText(text, at2);
    else if (character === "<") at2 = Math.max(at2, endOfPath(text, at2));
    else if (OPENING.has(character)) depth += 1;
    else if (CLOSING.has(character)) depth -= 1;
    else if (character === "," && depth === 0) {
      parts.push(text.slice(start2, at2).trim());
      start2 = at2 + 1;
    }
  }
  if (start2 < to) parts.push(text.slice(start2, to).trim());
  return parts;
}
function endOfText(text, at2) {
  for (let end4 = at2 + 1; end4 < text.length; end4 += 1) {
    if (text[end4] === "\\") end4 += 1;
    else if (text[end4] === '"') return end4;
  }
  return text.length;
}
function endOfPath(text, at2) {
  if (text[at2 + 1] !== "/") return text.indexOf(">", text.indexOf("]", at2));
  const end4 = text.indexOf(">", at2);
  return text[end4 + 1] === ">" ? end4 + 1 : end4;
}
var LINE2, RESUMED, CALL, UNFINISHED, RETURNED, StraceLines, OPENING, CLOSING;
var init_strace_lines = __esm({
  "src/workload/syscalls/strace-lines.ts"() {
    "use strict";
    LINE2 = /^(?:\[pid +(\d+)\] +|(\d+) +)?(?:(?:(\d\d):(\d\d):)?(\d+)(?:\.(\d+))? )?([a-z_<+-].*)$/;
    RESUMED = /^<\.\.\. (\w+) resumed>/;
    CALL = /^(\w+)\(/;
    UNFINISHED = " <unfinished ...>";
    RETURNED = /\) += (.*)$/;
    StraceLines = class {
      #reader;
      #begun = /* @__PURE__ */ new Map();
      /** Lines that are none of strace's. */
      strange = 0;
      /** Calls that were stopped, those that failed too. */
      calls = 0;
      constructor(reader) {
        this.#reader = reader;
      }
      line(line) {
        const parts = LINE2.exec(line);
        if (parts === null) {
          if (line !== "") this.strange += 1;
          return;
        }
        const [, shown2, written, hours = 0, minutes = 0, seconds = 0, rest3 = "", text] = parts;
        const whole2 = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
        const time = whole2 * 1e6 + Number(rest3.padEnd(6, "0").slice(0, 6));
        this.#event(Number(shown2 ?? written ?? 0), time, text);
      }
      #event(pid, time, text) {
        if (text.startsWith("+++")) {
          this.#begun.delete(pid);
          this.#reader.exited(pid);
          return;
        }
        if (text.startsWith("---")) return;
        if (text.endsWith(UNFINISHED)) {
          const begun2 = text.slice(0, -UNFINISHED.length);
          this.#begun.set(pid, begun2);
          this.#reader.begun(pid, CALL.exec(begun2)?.[1] ?? "");
          return;
        }
        const resumed = RESUMED.exec(text);
        const begun = resumed === null ? "" : this.#begun.get(pid) ?? `${resumed[1]}(`;
        this.#begun.delete(pid);
        this.#call(pid, time, begun + text.slice(resumed?.[0].length ?? 0));
      }
      #call(pid, time, text) {
        const name = CALL.exec(text)?.[1];
        const returned = RETURNED.exec(text);
        this.calls += 1;
        if (name === void 0 || returned === null) {
          this.strange += 1;
          return;
        }
        const result = returned[1];
        if (result.startsWith("-") || result.startsWith("?")) return;
        this.#reader.called({
          pid,
          time,
          name,
          args: splitArguments(text, name.length + 1, returned.index),
          result
        });
      }
    };
    OPENING = /* @__PURE__ */ new Set(["(", "[", "{"]);
    CLOSING = /* @__PURE__ */ new Set([")", "]", "}"]);
  }
});

// src/workload/strace-rewrite.ts
function straceRewrite(row2) {
  let rows = [];
  let time = 0;
  const accesses = new FileAccesses({ sizeOf: () => 0, inherited: () => null }, "/", (access) => {
    time = access.time;
    if (access.kind !== "map")
      rows.push(row2(time, access.kind, access.offset, access.size, accesses.names[access.file]));
  });
  const lines = new StraceLines(new TracedCalls(accesses));
  const noted = /* @__PURE__ */ new Set();
  return (line) => {
    rows = [];
    const strange = lines.strange;
    lines.line(line);
    if (lines.strange > strange) rows.push(row2(time, "a line that is no call", 0, 0, ""));
    for (const note of accesses.notes) if (!noted.has(note)) rows.push(row2(time, note, 0, 0, ""));
    for (const note of accesses.notes) noted.add(note);
    return rows.join("\n");
  };
}
var NO_FILES;
var init_strace_rewrite = __esm({
  "src/workload/strace-rewrite.ts"() {
    "use strict";
    init_accesses();
    init_calls();
    init_strace_lines();
    NO_FILES = "no call here reads or writes a file by its path: strace has to be run with -yy, as `strace -f -ttt -yy -s 0 -o FILE`";
  }
});

// src/workload/formats.ts
var REWRITTEN, is, hasNames, PUBLISHED, LOW, isFileAction, row, detectedFormat, publishedFormat;
var init_formats = __esm({
  "src/workload/formats.ts"() {
    "use strict";
    init_units();
    init_object_layout();
    init_strace_rewrite();
    REWRITTEN = "time=1,op=2,offset=3,size=4,file=5";
    is = (pattern, text) => pattern.test(text ?? "");
    hasNames = (fields, ...names) => names.every((name, at2) => fields[at2]?.toLowerCase() === name);
    PUBLISHED = [
      {
        name: "msr",
        csv: "time=1,op=4,offset=5,size=6,timeunit=ticks",
        units: "time in 100 ns since 1601, offset and size in bytes",
        header: "none (Timestamp,Hostname,DiskNumber,Type,Offset,Size,ResponseTime)",
        volume: 3,
        source: "MSR Cambridge, SNIA IOTTA trace set 388",
        detect: (fields) => hasNames(fields, "timestamp", "hostname", "disknumber") || fields.length === 7 && is(/^\d{17,19}$/, fields[0]) && is(/^(read|write)$/i, fields[3]),
        rewrite: null
      },
      {
        name: "alibaba",
        csv: "time=5,op=2,offset=3,size=4,timeunit=us",
        units: "time in us, offset and size in bytes",
        header: "none or device_id,opcode,offset,length,timestamp",
        volume: 1,
        source: "Alibaba block-traces (github.com/alibaba/block-traces)",
        detect: (fields) => hasNames(fields, "device_id", "opcode", "offset", "length", "timestamp") || fields.length === 5 && is(/^[RW]$/i, fields[1]) && is(/^\d{14,17}$/, fields[4]),
        rewrite: null
      },
      {
        name: "cbs",
        csv: "time=1,op=4:0=read,1=write,offset=2,size=3,unit=512,timeunit=s,sizeunit=512",
        units: "time in s, offset and size in sectors of 512, 0 read and 1 write",
        header: "none or Timestamp,Offset,Size,IOType,VolumeID",
        volume: 5,
        source: "Tencent CBS, SNIA IOTTA trace set 27917",
        detect: (fields) => hasNames(fields, "timestamp", "offset", "size", "iotype", "volumeid") || fields.length === 5 && is(/^\d{10}$/, fields[0]) && is(/^[01]$/, fields[3]),
        rewrite: null
      },
      {
        name: "spc",
        csv: "time=5,op=4,offset=2,size=3,unit=512,timeunit=s",
        units: "time in s, LBA in sectors of 512, size in bytes",
        header: "none or ASU,LBA,Size,Opcode,Timestamp",
        volume: 1,
        source: "UMass trace repository, SPC trace file format 1.0.1",
        detect: (fields) => hasNames(fields, "asu", "lba", "size", "opcode") || fields.length >= 5 && is(/^[rw]$/i, fields[3]) && is(/^\d+\.\d+$/, fields[4]),
        rewrite: null
      },
      {
        name: "systor17",
        csv: "time=1,op=3,offset=5,size=6,timeunit=s",
        units: "time in s, offset and size in bytes",
        header: "none or Timestamp,Response,IOType,LUN,Offset,Size",
        volume: 4,
        source: "SYSTOR '17, SNIA IOTTA trace set 4964",
        detect: (fields) => hasNames(fields, "timestamp", "response", "iotype", "lun") || fields.length === 6 && is(/^\d+\.\d+$/, fields[0]) && is(/^[RW]?$/i, fields[2]) && is(/^\d+$/, fields[4]),
        rewrite: null
      },
      {
        name: "iolog3",
        csv: `${REWRITTEN},timeunit=ms`,
        units: "time in ms, offset and size in bytes",
        header: "fio version 3 iolog",
        volume: null,
        source: "fio(1), TRACE FILE FORMAT",
        detect: (fields) => hasNames(fields, "fio", "version", "3", "iolog"),
        rewrite: () => (line) => {
          const [time, file, action, offset, size2] = line.trim().split(/\s+/);
          return isFileAction(action) || size2 === void 0 ? "" : row(time, action, offset, size2, file);
        }
      },
      {
        name: "iolog2",
        csv: `${REWRITTEN},timeunit=us`,
        units: "no times but waits in us, offset and size in bytes",
        header: "fio version 2 iolog",
        volume: null,
        source: "fio(1), TRACE FILE FORMAT",
        detect: (fields) => hasNames(fields, "fio", "version", "2", "iolog"),
        rewrite: () => {
          let time = 0;
          return (line) => {
            if (line.startsWith("fio version")) return "";
            const [file, action, offset, size2] = line.trim().split(/\s+/);
            if (action === "wait") time += Number(offset);
            if (isFileAction(action) || action === "wait" || size2 === void 0) return "";
            return row(String(time), action, offset, size2, file);
          };
        }
      },
      {
        name: "blkparse",
        csv: `${REWRITTEN},unit=512,timeunit=s,sizeunit=512`,
        units: "time in s, sector and number of sectors of 512; requests that were queued (Q)",
        header: "none; what blkparse prints of itself is left out",
        volume: null,
        source: "blkparse(1), default output",
        detect: ([major, rest3]) => is(/^\d+$/, major) && is(/^\d+\s+\d+\s+\d+\s+\d+\.\d+\s+\d+\s+[A-Z]+\s/, rest3),
        rewrite: () => (line) => {
          const parts = /^\s*\d+,\d+\s+\d+\s+\d+\s+(\d+\.\d+)\s+\d+\s+Q\s+(\w+)\s+(\d+)\s+\+\s+(\d+)/.exec(line);
          return parts === null ? "" : row(parts[1], parts[2], parts[3], parts[4], "");
        }
      },
      {
        name: "vscsi",
        csv: "time=2,op=3,size=4,offset=5,unit=512,timeunit=s",
        units: "time in s, SCSI codes (28 read, 2a write), size in bytes, lbn in sectors of 512",
        header: "none or version,time,op,size,lbn",
        volume: null,
        source: "CloudPhysics' vscsi in CSV, as in libCacheSim's data",
        detect: (fields) => hasNames(fields, "version", "time", "op", "size", "lbn") || fields.length === 5 && is(/^[12]$/, fields[0]) && is(/^(0x)?(28|2a|88|8a|0?8|0?a)$/i, fields[2]),
        rewrite: null
      },
      {
        name: "strace",
        csv: `${REWRITTEN},timeunit=us`,
        units: "times of -ttt or -tt, offset and size in bytes; mapped files and memory are not in it",
        header: "none; the calls of `strace -f -ttt -yy -s 0 -o FILE`",
        volume: null,
        source: "strace(1)",
        detect: (_, line) => /^(\[pid +\d+\] +|\d+ +)?([\d:]+(\.\d+)? )?(execve|\w+)\(.*(\) += |<unfinished )/.test(line),
        rewrite: () => straceRewrite(
          (time, op, offset, size2, file) => row(String(time), op, String(offset), String(size2), file)
        ),
        whyEmpty: NO_FILES
      },
      {
        name: "objects-csv",
        csv: `${REWRITTEN},timeunit=s`,
        units: "time in s, the number of an object, its size in bytes; each object has pages of its own",
        header: "none or time,obj_id,size; what follows is left out",
        volume: null,
        source: "libCacheSim's csv with time-col=1, obj-id-col=2, obj-size-col=3",
        detect: ([time, id, size2]) => is(/^time/i, time) && is(/^obj(ect)?[_ ]?id$/i, id) && is(/size/i, size2),
        rewrite: () => {
          const layout = new ObjectLayout();
          return (line) => {
            const [time, id, size2] = line.split(/[,;\t]/).map((field) => field.trim());
            if (/^[a-z]/i.test(time)) return "";
            if (!/^\d+$/.test(id) || !/^\d+$/.test(size2)) return line;
            const page = layout.place(
              Number(BigInt(id) & LOW),
              Number(BigInt(id) >> 32n & LOW),
              pagesOf(Number(size2))
            );
            return page === null ? `${time},r,${layout.full},${size2}` : row(time, "r", String(page * PAGE_SIZE), size2, "");
          };
        }
      },
      {
        name: "objects-txt",
        csv: `${REWRITTEN},timeunit=s`,
        units: "the number of an object in each line, of one page; no times",
        header: "none",
        volume: null,
        source: "libCacheSim's txt",
        detect: null,
        rewrite: () => (line) => /^\d+$/.test(line.trim()) ? row("0", "r", String(Number(line) * 4096), "4096", "") : line
      }
    ];
    LOW = 0xffffffffn;
    isFileAction = (action) => action === void 0 || ["add", "open", "close"].includes(action);
    row = (time, op, offset, size2, file) => `${time},${op},${offset},${size2},"${file.replaceAll('"', '""')}"`;
    detectedFormat = (fields, line) => PUBLISHED.find(({ detect }) => detect?.(fields, line));
    publishedFormat = (name) => PUBLISHED.find((each) => each.name === name.toLowerCase());
  }
});

// src/workload/samples/column-name.ts
function unitBytes(text) {
  const word2 = text.toLowerCase();
  const match = UNIT2.exec(word2);
  if (match === null || word2.endsWith("bit")) return null;
  if (word2 === "pages") return 4096;
  if (word2 === "sectors") return 512;
  const letter = match[1] ?? (/^(kilo|mega|giga|kibi|mebi|gibi)/.test(word2) ? word2[0] : "");
  return letter === "" ? 1 : 2 ** (10 * (LETTERS.indexOf(letter) + 1));
}
var UNIT2, LETTERS, IDLE;
var init_column_name = __esm({
  "src/workload/samples/column-name.ts"() {
    "use strict";
    UNIT2 = /^(?:bytes?|octets|b|pages|sectors|([kmgtp])(?:i?b|i|bytes|bit)?|(?:kilo|mega|giga|kibi|mebi|gibi)bytes?)$/i;
    LETTERS = "kmgtp";
    IDLE = new Set(
      "container process proc pod pods cgroup node system host k8s kube docker app application job task service total avg average mean last value gauge the of size data bytes".split(
        " "
      )
    );
  }
});

// src/workload/trace-format.ts
function parseTraceFormat(text) {
  const colon = text.indexOf(":");
  const kind = colon < 0 ? text : text.slice(0, colon);
  let format;
  const published = publishedFormat(kind);
  if (published !== void 0) {
    const parsed3 = parseTraceFormat(`csv:${published.csv}`);
    if (!parsed3.ok || parsed3.value.kind !== "csv") return parsed3;
    format = { ...parsed3.value, published };
  } else if (kind.toLowerCase() === "csv") format = CSV;
  else if (kind.toLowerCase() === "oraclegeneral") format = ORACLE_GENERAL;
  else return { ok: false, column: 1, why: `${JSON.stringify(kind)} is no trace format: ${FORMATS}` };
  if (colon < 0 || colon === text.length - 1) return { ok: true, value: format };
  let column = colon + 2;
  for (const option2 of text.slice(colon + 1).split(",")) {
    const next = format.kind === "csv" ? csvOption(format, option2) : oracleGeneralOption(format, option2);
    if (typeof next === "string") return { ok: false, column, why: next };
    format = next;
    column += option2.length + 1;
  }
  return { ok: true, value: format };
}
function csvOption(format, option2) {
  if (option2 === "sort") return { ...format, sort: true };
  const [key2, value2] = keyAndValue(option2);
  if (value2 === "") return `${JSON.stringify(option2)} is not KEY=VALUE: ${FORMATS}`;
  if (key2 === "unit") return unitOption(format, value2);
  if (key2 === "timeunit") {
    if (Object.hasOwn(TIME_UNITS2, value2)) return { ...format, timeunit: value2 };
    return `timeunit ${JSON.stringify(value2)} is none of ${Object.keys(TIME_UNITS2).join(", ")}`;
  }
  if (key2 === "only") {
    const [, column2, only] = /^([^:]+):(.*)$/.exec(value2) ?? [];
    return column2 === void 0 ? `only=${value2} is not only=COLUMN:VALUE` : { ...format, only: { column: column2, value: only } };
  }
  if (key2 === "sizeunit") {
    const unit = unitOption(format, value2);
    return typeof unit === "string" ? unit : { ...format, sizeunit: unit.unit ?? 1 };
  }
  const role = ROLES.find((name) => name === key2);
  if (role === void 0 && format.words !== null && isAccess(value2))
    return { ...format, words: new Map([...format.words, [key2, value2]]) };
  if (role === void 0) {
    return `a csv trace has no ${JSON.stringify(key2)}: it has ${ROLES.join(", ")}, unit and timeunit`;
  }
  const [, column, word2, access] = /^(.*):([^:=]+)=(\w+)$/.exec(value2) ?? [];
  if (role === "op" && isAccess(access)) return { ...format, op: column, words: /* @__PURE__ */ new Map([[word2, access]]) };
  return { ...format, [role]: value2 };
}
function oracleGeneralOption(format, option2) {
  if (option2 === "objects") return { ...format, objects: true };
  const [key2, value2] = keyAndValue(option2);
  if (key2 === "unit") return unitOption(format, value2);
  return `an oracleGeneral trace has no ${JSON.stringify(option2)}: it has objects and unit=BYTES`;
}
function unitOption(format, value2) {
  const unit = Number(value2);
  if (/^\d+$/.test(value2) && unit >= 1 && unit <= LARGEST_UNIT) return { ...format, unit };
  const named2 = unitBytes(value2);
  if (named2 !== null && named2 <= LARGEST_UNIT) return { ...format, unit: named2 };
  return `unit ${JSON.stringify(value2)} is not a number of bytes from 1 to ${LARGEST_UNIT}`;
}
function keyAndValue(option2) {
  const equals = option2.indexOf("=");
  return equals < 0 ? [option2, ""] : [option2.slice(0, equals), option2.slice(equals + 1)];
}
function traceFormatText(format) {
  if (format.kind === "oracleGeneral") {
    return format.objects ? "oracleGeneral:objects" : `oracleGeneral:unit=${format.unit}`;
  }
  if (format.published !== null) return publishedText(format, format.published);
  const words = [...format.words ?? []].map(([word2, access]) => `${word2}=${access}`).join(",");
  const options2 = ROLES.flatMap(
    (role) => format[role] === null ? [] : [`${role}=${format[role]}${role === "op" && words !== "" ? `:${words}` : ""}`]
  );
  if (format.unit !== null) options2.push(`unit=${format.unit}`);
  options2.push(`timeunit=${format.timeunit ?? "s"}`);
  if (format.sizeunit !== null && format.sizeunit !== 1) options2.push(`sizeunit=${format.sizeunit}`);
  if (format.only !== null) options2.push(`only=${format.only.column}:${format.only.value}`);
  if (format.sort) options2.push("sort");
  return `csv:${options2.join(",")}`;
}
function publishedText(format, { name, csv }) {
  const own5 = new Set(csv.split(","));
  const [, options2 = ""] = traceFormatText({ ...format, published: null }).split(/:(.*)/s);
  const other = options2.split(",").filter((option2) => !own5.has(option2) && !/^(timeunit=s|unit=1)$/.test(option2));
  return other.length === 0 ? name : `${name}:${other.join(",")}`;
}
var TIME_UNITS2, ROLES, DEFAULT_COLUMNS, OTHER_COLUMNS, FORMATS, SECTOR, LARGEST_UNIT, CSV, ORACLE_GENERAL, isAccess;
var init_trace_format = __esm({
  "src/workload/trace-format.ts"() {
    "use strict";
    init_formats();
    init_column_name();
    TIME_UNITS2 = { s: 1e9, ms: 1e6, us: 1e3, ns: 1, ticks: 100 };
    ROLES = ["time", "op", "size", "offset", "file"];
    DEFAULT_COLUMNS = {
      time: ["time"],
      op: ["op"],
      size: ["size"],
      offset: ["offset", "lbn", "lba"],
      file: ["file"]
    };
    OTHER_COLUMNS = {
      time: ["timestamp", "ts"],
      op: ["opcode", "operation", "type", "iotype", "rw", "rwbs", "cmd"],
      size: ["length", "len", "bytes", "nsectors", "sectors"],
      offset: [],
      file: ["filename", "path"]
    };
    FORMATS = "the formats are csv (csv:time=COLUMN,op=COLUMN,size=COLUMN,offset=COLUMN,file=COLUMN,unit=BYTES,timeunit=s|ms|us|ns|ticks,sizeunit=BYTES,op=COLUMN:WORD=read,WORD=write,only=COLUMN:VALUE,sort; a column may be left out, or be a number from 1 on) and oracleGeneral (oracleGeneral:unit=BYTES, oracleGeneral:objects), both also compressed with gzip or zstd; and " + PUBLISHED.map(({ name }) => name).join(", ");
    SECTOR = 512;
    LARGEST_UNIT = 2 ** 30;
    CSV = {
      kind: "csv",
      published: null,
      time: null,
      op: null,
      size: null,
      offset: null,
      file: null,
      unit: null,
      timeunit: null,
      sizeunit: null,
      words: null,
      only: null,
      sort: false
    };
    ORACLE_GENERAL = { kind: "oracleGeneral", objects: false, unit: SECTOR };
    isAccess = (word2) => word2 === "read" || word2 === "write";
  }
});

// src/workload/csv-lines.ts
var NEWLINE2, RETURN, LONGEST_LINE, RowCutter;
var init_csv_lines = __esm({
  "src/workload/csv-lines.ts"() {
    "use strict";
    NEWLINE2 = 10;
    RETURN = 13;
    LONGEST_LINE = 64 * 1024;
    RowCutter = class {
      #line;
      #tooLong;
      /** The beginning of a line that a later chunk ends. */
      #rest = Buffer.allocUnsafe(LONGEST_LINE);
      #restLength = 0;
      constructor(line, tooLong3) {
        this.#line = line;
        this.#tooLong = tooLong3;
      }
      push(chunk) {
        let start2 = 0;
        for (let end4 = chunk.indexOf(NEWLINE2); end4 >= 0; end4 = chunk.indexOf(NEWLINE2, start2)) {
          if (this.#restLength > 0) {
            this.#keep(chunk, start2, end4);
            this.#emit(this.#rest, 0, this.#restLength);
            this.#restLength = 0;
          } else {
            if (end4 - start2 > LONGEST_LINE) this.#tooLong();
            this.#emit(chunk, start2, end4);
          }
          start2 = end4 + 1;
        }
        this.#keep(chunk, start2, chunk.length);
      }
      end() {
        if (this.#restLength > 0) this.#emit(this.#rest, 0, this.#restLength);
        this.#restLength = 0;
      }
      #keep(chunk, start2, end4) {
        if (this.#restLength + end4 - start2 > LONGEST_LINE) this.#tooLong();
        this.#restLength += chunk.copy(this.#rest, this.#restLength, start2, end4);
      }
      #emit(source, start2, end4) {
        this.#line(source, start2, end4 > start2 && source[end4 - 1] === RETURN ? end4 - 1 : end4);
      }
    };
  }
});

// src/workload/csv-fields.ts
var COMMA, QUOTE, BLANK, TAB2, FieldCutter, isBlank2;
var init_csv_fields = __esm({
  "src/workload/csv-fields.ts"() {
    "use strict";
    init_csv_lines();
    COMMA = 44;
    QUOTE = 34;
    BLANK = 32;
    TAB2 = 9;
    FieldCutter = class {
      source = Buffer.alloc(0);
      starts = [];
      ends = [];
      columns = [];
      count = 0;
      #separator;
      /** Where quoted fields stand without their quotes. */
      #unquoted = Buffer.allocUnsafe(LONGEST_LINE);
      /** `separator`: a byte; of blanks, any number is one. */
      constructor(separator = COMMA) {
        this.#separator = separator;
      }
      /** Cuts `line` from `start` to `end`, as far as `most` fields. Returns the column of a bad quote, or 0. */
      cut(line, start2, end4, most) {
        const separator = this.#separator;
        this.count = 0;
        this.source = line;
        let from = start2;
        if (separator === BLANK) while (from < end4 && isBlank2(line[from])) from++;
        while (this.count < most) {
          let at2 = from;
          while (at2 < end4 && line[at2] !== separator) {
            if (line[at2] === QUOTE) return this.#cutQuoted(line, start2, end4, most);
            at2++;
          }
          this.#add(line, from, at2, from - start2 + 1);
          if (at2 === end4) return 0;
          from = at2 + 1;
          if (separator === BLANK) while (from < end4 && isBlank2(line[from])) from++;
          if (separator === BLANK && from === end4) return 0;
        }
        return 0;
      }
      /** For short ASCII words; quicker than `text`. */
      latin1(field) {
        return this.source.toString("latin1", this.starts[field], this.ends[field]);
      }
      text(field) {
        return this.source.toString("utf8", this.starts[field], this.ends[field]);
      }
      #add(source, start2, end4, column) {
        let from = start2;
        let to = end4;
        while (from < to && isBlank2(source[from])) from++;
        while (to > from && isBlank2(source[to - 1])) to--;
        const field = this.count++;
        this.starts[field] = from;
        this.ends[field] = to;
        this.columns[field] = column + from - start2;
      }
      /** Once more from the line's start, by a slower way: every field is copied, quotes off. */
      #cutQuoted(line, start2, end4, most) {
        const separator = this.#separator;
        this.count = 0;
        this.source = this.#unquoted;
        let length = 0;
        let at2 = start2;
        while (this.count < most) {
          while (at2 < end4 && isBlank2(line[at2]) && (line[at2] !== separator || separator === BLANK)) at2++;
          const column = at2 - start2 + 1;
          const field = this.count;
          this.starts[field] = length;
          this.columns[field] = column;
          if (line[at2] === QUOTE && at2 < end4) {
            at2++;
            for (; ; ) {
              if (at2 >= end4) return column;
              if (line[at2] === QUOTE && (at2 + 1 >= end4 || line[at2 + 1] !== QUOTE)) break;
              if (line[at2] === QUOTE) at2++;
              this.#unquoted[length++] = line[at2++];
            }
            at2++;
            while (at2 < end4 && line[at2] !== separator && isBlank2(line[at2])) at2++;
            if (at2 < end4 && line[at2] !== separator) return column;
          } else {
            while (at2 < end4 && line[at2] !== separator) {
              if (line[at2] === QUOTE) return at2 - start2 + 1;
              this.#unquoted[length++] = line[at2++];
            }
            while (length > this.starts[field] && isBlank2(this.#unquoted[length - 1])) length--;
          }
          this.ends[field] = length;
          this.count++;
          if (at2 >= end4) return 0;
          at2++;
        }
        return 0;
      }
    };
    isBlank2 = (byte) => byte === BLANK || byte === TAB2;
  }
});

// src/workload/opcode.ts
var SCSI, ACCESS2, RWBS, accessOf;
var init_opcode = __esm({
  "src/workload/opcode.ts"() {
    "use strict";
    SCSI = [
      [8, "read"],
      [40, "read"],
      [168, "read"],
      [136, "read"],
      [10, "write"],
      [42, "write"],
      [170, "write"],
      [138, "write"],
      // WRITE AND VERIFY
      [46, "write"],
      [174, "write"],
      [142, "write"]
    ];
    ACCESS2 = /* @__PURE__ */ new Map([
      ["R", "read"],
      ["W", "write"],
      ["r", "read"],
      ["read", "read"],
      ["w", "write"],
      ["write", "write"],
      ["truncate", "truncate"],
      ["drop", "drop"]
    ]);
    for (const [code, access] of SCSI) {
      const hex2 = code.toString(16);
      for (const word2 of [hex2.padStart(2, "0"), `0x${hex2.padStart(2, "0")}`, `0x${hex2}`])
        ACCESS2.set(word2, access);
    }
    RWBS = /^F?([RW])[FASM]*$/;
    accessOf = (op) => ACCESS2.get(op) ?? ACCESS2.get(op.toLowerCase()) ?? ACCESS2.get(RWBS.exec(op)?.[1] ?? "");
  }
});

// src/workload/trace-clock.ts
function isoNanoseconds(text) {
  const parts = ISO.exec(text);
  if (parts === null) return null;
  const [, day, minutes, seconds = "00", rest3 = "", zone = "Z"] = parts;
  const ms = Date.parse(`${day}T${minutes}:${seconds}${/^utc$/i.test(zone) ? "Z" : zone.toUpperCase()}`);
  return Number.isNaN(ms) ? null : BigInt(ms) * 1000000n + BigInt(rest3.padEnd(9, "0"));
}
function digits(source, start2, end4) {
  let value2 = 0;
  for (let i = start2; i < end4; i++) value2 = value2 * 10 + (source[i] - ZERO);
  return value2;
}
function wholeNumber(source, start2, end4) {
  if (start2 === end4) return Number.NaN;
  for (let i = start2; i < end4; i++) if (!isDigit(source[i])) return Number.NaN;
  return digits(source, start2, end4);
}
var ZERO, DOT, MOST_DIGITS, TraceClock, ISO, isDigit;
var init_trace_clock = __esm({
  "src/workload/trace-clock.ts"() {
    "use strict";
    init_trace_format();
    ZERO = 48;
    DOT = 46;
    MOST_DIGITS = 24;
    TraceClock = class {
      #unit;
      #restDigits;
      #first = true;
      #firstHigh = 0;
      #firstLow = 0;
      #firstRest = 0;
      #high = 0;
      #low = 0;
      #rest = 0;
      #formerHigh = 0;
      #formerLow = 0;
      #formerRest = 0;
      constructor(unit) {
        this.#unit = TIME_UNITS2[unit];
        this.#restDigits = Math.round(Math.log10(this.#unit));
      }
      /** Nanoseconds since the first time read, or NaN if these bytes are no time. */
      read(source, start2, end4) {
        this.#formerHigh = this.#high;
        this.#formerLow = this.#low;
        this.#formerRest = this.#rest;
        if (!this.#parse(source, start2, end4)) return Number.NaN;
        if (this.#first) {
          this.#first = false;
          this.#firstHigh = this.#high;
          this.#firstLow = this.#low;
          this.#firstRest = this.#rest;
        }
        const units = (this.#high - this.#firstHigh) * 1e9 + (this.#low - this.#firstLow);
        return units * this.#unit + (this.#rest - this.#firstRest);
      }
      /** The time read before the last, in the trace's unit. */
      get former() {
        const high4 = this.#formerHigh;
        const whole2 = high4 > 0 ? `${high4}${String(this.#formerLow).padStart(9, "0")}` : `${this.#formerLow}`;
        const rest3 = String(this.#formerRest).padStart(this.#restDigits, "0").replace(/0+$/, "");
        return rest3 === "" ? whole2 : `${whole2}.${rest3}`;
      }
      #parse(source, start2, end4) {
        let at2 = start2;
        while (at2 < end4 && isDigit(source[at2])) at2++;
        const whole2 = at2;
        if (at2 < end4 && source[at2] === DOT) {
          at2++;
          while (at2 < end4 && isDigit(source[at2])) at2++;
        }
        if (at2 < end4 || whole2 - start2 > MOST_DIGITS)
          return this.#parseOther(source.toString("latin1", start2, end4));
        if (end4 - start2 < (whole2 < end4 ? 2 : 1)) return false;
        const split = Math.max(start2, whole2 - 9);
        this.#high = digits(source, start2, split);
        this.#low = digits(source, split, whole2);
        const restEnd = Math.min(end4, whole2 + 1 + this.#restDigits);
        this.#rest = restEnd <= whole2 + 1 ? 0 : digits(source, whole2 + 1, restEnd);
        for (let i = restEnd - whole2 - 1; i < this.#restDigits && this.#rest > 0; i++) this.#rest *= 10;
        return true;
      }
      /** `0,5`, ISO 8601, and `1e-05`, as programs print small times. */
      #parseOther(text) {
        if (/^\d+,\d+$/.test(text)) {
          const plain = Buffer.from(text.replace(",", "."));
          return this.#parse(plain, 0, plain.length);
        }
        const ns2 = isoNanoseconds(text);
        if (ns2 !== null) {
          const units = ns2 / BigInt(this.#unit);
          this.#high = Number(units / 1000000000n);
          this.#low = Number(units % 1000000000n);
          this.#rest = Number(ns2 % BigInt(this.#unit));
          return true;
        }
        const value2 = /^\d+(\.\d*)?e[-+]?\d{1,3}$/i.test(text) ? Number(text) : Number.NaN;
        if (!(value2 < 1e24)) return false;
        const whole2 = Math.floor(value2);
        this.#high = Math.floor(whole2 / 1e9);
        this.#low = whole2 % 1e9;
        this.#rest = Math.floor((value2 - whole2) * this.#unit);
        return true;
      }
    };
    ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d{1,9})\d*)?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i;
    isDigit = (byte) => byte >= ZERO && byte <= ZERO + 9;
  }
});

// src/workload/trace-error.ts
function positionText(position) {
  if (position === void 0) return "";
  if ("record" in position) return `: record ${position.record}, at byte ${position.byte}`;
  return position.column === void 0 ? `:${position.line}` : `:${position.line}:${position.column}`;
}
var TraceError, SHOWN, quoted;
var init_trace_error = __esm({
  "src/workload/trace-error.ts"() {
    "use strict";
    TraceError = class extends Error {
      name = "TraceError";
      file;
      /** The sentence without its position. */
      why;
      /** From 1 on; text formats only. */
      line;
      /** Of the field, in bytes from 1 on; text formats only. */
      column;
      /** From 1 on, skipped ones included; binary formats only. */
      record;
      constructor(file, why, position, cause) {
        super(`${file}${positionText(position)}: ${why}`, { cause });
        this.file = file;
        this.why = why;
        const text = position !== void 0 && "line" in position ? position : void 0;
        this.line = text?.line;
        this.column = text?.column;
        this.record = position !== void 0 && "record" in position ? position.record : void 0;
      }
    };
    SHOWN = 40;
    quoted = (text) => (
      // JSON leaves DEL, the C1 controls and the separators U+2028 and U+2029 as they are; a terminal minds them.
      JSON.stringify(text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text).replace(
        /[\u007f-\u009f\u2028\u2029\ufffd]/g,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`
      )
    );
  }
});

// src/workload/csv.ts
var LIMIT, MINUS, HASH2, MOST_WORDS, CsvDecoder;
var init_csv = __esm({
  "src/workload/csv.ts"() {
    "use strict";
    init_units();
    init_behaviour();
    init_csv_fields();
    init_csv_lines();
    init_opcode();
    init_record_queue();
    init_trace_clock();
    init_trace_error();
    LIMIT = FILE_PAGES * PAGE_SIZE;
    MINUS = 45;
    HASH2 = 35;
    MOST_WORDS = 16;
    CsvDecoder = class {
      #file;
      #columns;
      #files;
      #queue;
      #clock;
      #fields;
      #header;
      /** Words of operations that are neither read nor write, and how often. */
      strange = /* @__PURE__ */ new Map();
      #lines = new RowCutter(
        (source, start2, end4) => this.#line(source, start2, end4),
        () => this.#failAt(void 0, `the line is longer than ${LONGEST_LINE} bytes: this is no CSV`)
      );
      /** The line in hand. */
      #number = 1;
      #records = 0;
      #lastTime = 0;
      #lastTimeLine = 0;
      #skippedOps = 0;
      #empty = 0;
      #others = 0;
      #strangeOp = "";
      /** `header`: the number of its line; lines up to it are no records. */
      constructor(file, columns2, timeunit, files4, queue, separator = COMMA, header = 1) {
        this.#fields = new FieldCutter(separator);
        this.#header = header;
        this.#file = file;
        this.#columns = columns2;
        this.#files = files4;
        this.#queue = queue;
        this.#clock = new TraceClock(timeunit);
      }
      get position() {
        return { line: this.#number };
      }
      get skipped() {
        const skipped = { op: this.#skippedOps, empty: this.#empty };
        return this.#columns.only === null ? skipped : { ...skipped, others: this.#others };
      }
      decode(chunk) {
        this.#lines.push(chunk);
      }
      end() {
        this.#lines.end();
        if (this.#lastTimeLine === 0 && this.#others > 0)
          this.#failAt(
            void 0,
            `none of the ${this.#others} records has ${quoted(this.#columns.only?.value ?? "")} there`
          );
        if (this.#lastTimeLine === 0) this.#failAt(void 0, "the trace ends without a record");
        if (this.#records === 0 && this.#empty === 0) {
          this.#failAt(
            void 0,
            `no record is a read or a write: column ${this.#columns.names.op} has ${quoted(this.#strangeOp)}, but read, write and SCSI codes (28, 2a) are known: say what it means with --format csv:op=${this.#columns.names.op}:${this.#strangeOp}=read`
          );
        }
      }
      #line(source, start2, end4) {
        if (start2 < end4 && this.#number > this.#header && source[start2] !== HASH2)
          this.#record(source, start2, end4);
        this.#number++;
      }
      #record(source, start2, end4) {
        const columns2 = this.#columns;
        const badQuote = this.#fields.cut(source, start2, end4, columns2.needed);
        if (badQuote > 0) {
          this.#failAt(badQuote, 'a quoted field must end on its line, be followed by a comma and write " as ""');
        }
        if (this.#fields.count < columns2.needed) {
          const has2 = `${this.#fields.count} of the ${columns2.needed} columns needed`;
          this.#failAt(void 0, `the line has ${has2}: it is cut short or damaged`);
        }
        if (columns2.only !== null && this.#fields.text(columns2.only.at) !== columns2.only.value) {
          this.#others++;
          return;
        }
        const time = this.#time();
        const op = columns2.op < 0 ? "r" : this.#fields.latin1(columns2.op);
        const access = columns2.words?.get(op) ?? accessOf(op);
        if (access === void 0) {
          if (this.#skippedOps++ === 0) this.#strangeOp = op;
          const before3 = this.strange.get(op);
          if (before3 !== void 0 || this.strange.size < MOST_WORDS) this.strange.set(op, (before3 ?? 0) + 1);
          return;
        }
        const size2 = columns2.size < 0 ? PAGE_SIZE : this.#size(columns2.sizeunit);
        const blocks = this.#whole("offset", columns2.unit, LIMIT, "32 TiB");
        const offset = blocks * columns2.unit;
        if (offset + size2 > LIMIT) {
          const text = `${blocks} times ${columns2.unit} bytes lies`;
          this.#fail("offset", `${text} beyond the largest file (32 TiB)`);
        }
        if (size2 === 0 && access !== "truncate") {
          this.#empty++;
          return;
        }
        this.#records++;
        const file = this.#fileNumber();
        const first = Math.ceil(offset / PAGE_SIZE);
        if (access === "truncate") this.#queue.push(time, file, first, 0, TRUNCATE);
        else if (access === "drop") {
          const end5 = Math.ceil((offset + size2) / PAGE_SIZE);
          this.#queue.push(time, file, first, Math.max(0, end5 - first), DROP);
        } else this.#queue.pushBytes(time, file, offset, size2, access === "write" ? WRITE : READ);
      }
      #time() {
        const { source, starts, ends } = this.#fields;
        const field = this.#columns.time;
        const time = this.#clock.read(source, starts[field], ends[field]);
        if (Number.isNaN(time)) this.#failNumber("time", "a number");
        if (time < this.#lastTime && !this.#columns.sort) {
          const former = `${this.#clock.former} on line ${this.#lastTimeLine}`;
          this.#fail(
            "time",
            `${this.#fields.text(field)} is before ${former}: times must not go backwards; --sort puts them in order`
          );
        }
        if (time > Number.MAX_SAFE_INTEGER) {
          this.#fail(
            "time",
            `${this.#fields.text(field)} is more than 104 days after the first: is timeunit right?`
          );
        }
        this.#lastTime = time;
        this.#lastTimeLine = this.#number;
        return time;
      }
      #whole(role, unit, most, mostText) {
        const { source, starts, ends } = this.#fields;
        const field = this.#columns[role];
        const value2 = wholeNumber(source, starts[field], ends[field]);
        if (Number.isNaN(value2)) return this.#otherwiseWritten(role, unit, most);
        if (value2 > most) this.#fail(role, `${this.#fields.text(field)} is more than ${mostText}`);
        return value2;
      }
      /** `0x1f`, `512.0`, `512,0`, and `0.5` of a unit. */
      #otherwiseWritten(role, unit, most) {
        const text = this.#fields.text(this.#columns[role]);
        const isNumber = /^(0x[0-9a-f]+|\d+[.,]\d*)$/i.test(text);
        const value2 = isNumber ? Number(text.replace(",", ".")) : Number.NaN;
        if (!(value2 <= most) || !Number.isInteger(value2 * unit)) this.#failNumber(role, "a whole number");
        return value2;
      }
      #size(unit) {
        const size2 = this.#whole("size", unit, REQUEST_BYTES, "4 GiB in one request") * unit;
        if (size2 > REQUEST_BYTES) this.#fail("size", `${size2} bytes is more than 4 GiB in one request`);
        return size2;
      }
      #fileNumber() {
        const { source, starts, ends } = this.#fields;
        const field = this.#columns.file;
        if (field < 0) return 0;
        const number2 = this.#files.numberOf(source, starts[field], ends[field]);
        if (number2 < 0)
          this.#fail("file", `this is one file more than the ${this.#files.names.length} that a trace may have`);
        return number2;
      }
      #failNumber(role, what) {
        const { source, starts } = this.#fields;
        const text = this.#fields.text(this.#columns[role]);
        const negative = text !== "" && source[starts[this.#columns[role]]] === MINUS;
        this.#fail(role, `${quoted(text)} is ${negative ? "negative" : `not ${what}`}`);
      }
      #fail(role, why) {
        const field = this.#columns[role];
        this.#failAt(this.#fields.columns[field], `${this.#columns.names[role]} ${why}`);
      }
      #failAt(column, why) {
        throw new TraceError(
          this.#file,
          why,
          column === void 0 ? this.position : { line: this.#number, column }
        );
      }
    };
  }
});

// src/workload/csv-columns.ts
function resolveColumns(names, format) {
  const at2 = { time: -1, op: -1, size: -1, offset: -1, file: -1 };
  for (const role of ROLES) {
    const named2 = format[role];
    at2[role] = find(names, role, named2);
    if (at2[role] >= 0 || named2 === null && OPTIONAL.includes(role)) continue;
    const wanted2 = named2 === null ? DEFAULT_COLUMNS[role].join(" or ") : quoted(named2);
    return `the header has no column ${wanted2}: it has ${listed(names)}; say which one is the ${role} with --format csv:${role}=COLUMN`;
  }
  const offset = names[at2.offset];
  const only = format.only === null ? null : { at: find(names, "file", format.only.column), value: format.only.value };
  if (only !== null && only.at < 0)
    return `the header has no column ${quoted(format.only?.column ?? "")}: it has ${listed(names)}`;
  return {
    ...at2,
    unit: format.unit ?? unitIn(offset) ?? 1,
    sizeunit: format.sizeunit ?? unitIn(names[at2.size] ?? "") ?? 1,
    timeunit: format.timeunit ?? timeUnitIn(names[at2.time]) ?? "s",
    words: format.words,
    only,
    sort: format.sort,
    needed: Math.max(only?.at ?? -1, ...ROLES.map((role) => at2[role])) + 1,
    names: {
      time: names[at2.time],
      op: names[at2.op] ?? "",
      size: names[at2.size] ?? "",
      offset,
      file: names[at2.file] ?? ""
    }
  };
}
function resolvedFormat(columns2, format) {
  const name = (role) => columns2[role] < 0 ? null : format[role] ?? columns2.names[role];
  return {
    kind: "csv",
    published: format.published,
    time: name("time"),
    op: name("op"),
    size: name("size"),
    offset: name("offset"),
    file: name("file"),
    unit: columns2.unit,
    timeunit: columns2.timeunit,
    sizeunit: columns2.sizeunit,
    words: format.words,
    only: format.only,
    sort: format.sort
  };
}
function find(names, role, named2) {
  if (named2 !== null) {
    const isNumber = /^[1-9]\d{0,3}$/.test(named2) && Number(named2) <= names.length;
    return isNumber ? Number(named2) - 1 : names.indexOf(named2);
  }
  const known = [...DEFAULT_COLUMNS[role], ...OTHER_COLUMNS[role]];
  for (const name of known) {
    const at2 = names.findIndex((candidate) => candidate.toLowerCase() === name);
    if (at2 >= 0) return at2;
  }
  return names.findIndex((candidate) => known.includes(withoutUnit(candidate)));
}
function unitIn(name) {
  if (/^(lb[na]|n?sectors?)$/i.test(name)) return SECTOR;
  return unitBytes(UNIT3.exec(name)?.[2] ?? "-");
}
function listed(names) {
  const shown2 = names.slice(0, SHOWN_NAMES).map(quoted).join(", ");
  return names.length > SHOWN_NAMES ? `${shown2} and ${names.length - SHOWN_NAMES} more` : shown2;
}
var OPTIONAL, SHOWN_NAMES, headerNames, looksLikeTrace, UNIT3, withoutUnit, TIME_NAMES, timeUnitIn;
var init_csv_columns = __esm({
  "src/workload/csv-columns.ts"() {
    "use strict";
    init_column_name();
    init_trace_error();
    init_trace_format();
    OPTIONAL = ["op", "size", "file"];
    SHOWN_NAMES = 12;
    headerNames = (fields) => Array.from({ length: fields.count }, (_, field) => fields.text(field));
    looksLikeTrace = (names) => find(names, "time", null) >= 0 || find(names, "offset", null) >= 0;
    UNIT3 = /^(.*?)(?:_|\s*[([]\s*|\s+)([A-Za-z]+)\s*[)\]]?$/;
    withoutUnit = (name) => {
      const [, word2, unit] = UNIT3.exec(name) ?? [];
      return unit !== void 0 && (unitBytes(unit) !== null || timeUnitIn(name) !== null) ? word2.toLowerCase() : name;
    };
    TIME_NAMES = {
      ...{ s: "s", sec: "s", seconds: "s", ms: "ms", msec: "ms", milliseconds: "ms" },
      ...{ us: "us", usec: "us", microseconds: "us", ns: "ns", nsec: "ns", nanoseconds: "ns", ticks: "ticks" }
    };
    timeUnitIn = (name) => {
      const unit = UNIT3.exec(name)?.[2].toLowerCase() ?? "";
      return Object.hasOwn(TIME_NAMES, unit) ? TIME_NAMES[unit] : null;
    };
  }
});

// node_modules/fzstd/esm/index.mjs
var ab, u8, u16, i16, i32, slc, fill, cpw, ec, err, rb, b4, rzfh, msb, rfse, rhu, dllt, dmlt, doct, b2bl, llb, llbl, mlb, mlbl, dhu, dhu4, rzb, cct, Decompress;
var init_esm = __esm({
  "node_modules/fzstd/esm/index.mjs"() {
    ab = ArrayBuffer;
    u8 = Uint8Array;
    u16 = Uint16Array;
    i16 = Int16Array;
    i32 = Int32Array;
    slc = function(v, s, e) {
      if (u8.prototype.slice)
        return u8.prototype.slice.call(v, s, e);
      if (s == null || s < 0)
        s = 0;
      if (e == null || e > v.length)
        e = v.length;
      var n = new u8(e - s);
      n.set(v.subarray(s, e));
      return n;
    };
    fill = function(v, n, s, e) {
      if (u8.prototype.fill)
        return u8.prototype.fill.call(v, n, s, e);
      if (s == null || s < 0)
        s = 0;
      if (e == null || e > v.length)
        e = v.length;
      for (; s < e; ++s)
        v[s] = n;
      return v;
    };
    cpw = function(v, t, s, e) {
      if (u8.prototype.copyWithin)
        return u8.prototype.copyWithin.call(v, t, s, e);
      if (s == null || s < 0)
        s = 0;
      if (e == null || e > v.length)
        e = v.length;
      while (s < e) {
        v[t++] = v[s++];
      }
    };
    ec = [
      "invalid zstd data",
      "window size too large (>2046MB)",
      "invalid block type",
      "FSE accuracy too high",
      "match distance too far back",
      "unexpected EOF"
    ];
    err = function(ind, msg, nt) {
      var e = new Error(msg || ec[ind]);
      e.code = ind;
      if (Error.captureStackTrace)
        Error.captureStackTrace(e, err);
      if (!nt)
        throw e;
      return e;
    };
    rb = function(d, b, n) {
      var i = 0, o = 0;
      for (; i < n; ++i)
        o |= d[b++] << (i << 3);
      return o;
    };
    b4 = function(d, b) {
      return (d[b] | d[b + 1] << 8 | d[b + 2] << 16 | d[b + 3] << 24) >>> 0;
    };
    rzfh = function(dat, w) {
      var n3 = dat[0] | dat[1] << 8 | dat[2] << 16;
      if (n3 == 3126568 && dat[3] == 253) {
        var flg = dat[4];
        var ss = flg >> 5 & 1, cc = flg >> 2 & 1, df = flg & 3, fcf = flg >> 6;
        if (flg & 8)
          err(0);
        var bt = 6 - ss;
        var db = df == 3 ? 4 : df;
        var di = rb(dat, bt, db);
        bt += db;
        var fsb = fcf ? 1 << fcf : ss;
        var fss = rb(dat, bt, fsb) + (fcf == 1 && 256);
        var ws = fss;
        if (!ss) {
          var wb = 1 << 10 + (dat[5] >> 3);
          ws = wb + (wb >> 3) * (dat[5] & 7);
        }
        if (ws > 2145386496)
          err(1);
        var buf = new u8((w == 1 ? fss || ws : w ? 0 : ws) + 12);
        buf[0] = 1, buf[4] = 4, buf[8] = 8;
        return {
          b: bt + fsb,
          y: 0,
          l: 0,
          d: di,
          w: w && w != 1 ? w : buf.subarray(12),
          e: ws,
          o: new i32(buf.buffer, 0, 3),
          u: fss,
          c: cc,
          m: Math.min(131072, ws)
        };
      } else if ((n3 >> 4 | dat[3] << 20) == 25481893) {
        return b4(dat, 4) + 8;
      }
      err(0);
    };
    msb = function(val) {
      var bits = 0;
      for (; 1 << bits <= val; ++bits)
        ;
      return bits - 1;
    };
    rfse = function(dat, bt, mal) {
      var tpos = (bt << 3) + 4;
      var al = (dat[bt] & 15) + 5;
      if (al > mal)
        err(3);
      var sz = 1 << al;
      var probs = sz, sym = -1, re = -1, i = -1, ht = sz;
      var buf = new ab(512 + (sz << 2));
      var freq = new i16(buf, 0, 256);
      var dstate = new u16(buf, 0, 256);
      var nstate = new u16(buf, 512, sz);
      var bb1 = 512 + (sz << 1);
      var syms = new u8(buf, bb1, sz);
      var nbits = new u8(buf, bb1 + sz);
      while (sym < 255 && probs > 0) {
        var bits = msb(probs + 1);
        var cbt = tpos >> 3;
        var msk = (1 << bits + 1) - 1;
        var val = (dat[cbt] | dat[cbt + 1] << 8 | dat[cbt + 2] << 16) >> (tpos & 7) & msk;
        var msk1fb = (1 << bits) - 1;
        var msv = msk - probs - 1;
        var sval = val & msk1fb;
        if (sval < msv)
          tpos += bits, val = sval;
        else {
          tpos += bits + 1;
          if (val > msk1fb)
            val -= msv;
        }
        freq[++sym] = --val;
        if (val == -1) {
          probs += val;
          syms[--ht] = sym;
        } else
          probs -= val;
        if (!val) {
          do {
            var rbt = tpos >> 3;
            re = (dat[rbt] | dat[rbt + 1] << 8) >> (tpos & 7) & 3;
            tpos += 2;
            sym += re;
          } while (re == 3);
        }
      }
      if (sym > 255 || probs)
        err(0);
      var sympos = 0;
      var sstep = (sz >> 1) + (sz >> 3) + 3;
      var smask = sz - 1;
      for (var s = 0; s <= sym; ++s) {
        var sf = freq[s];
        if (sf < 1) {
          dstate[s] = -sf;
          continue;
        }
        for (i = 0; i < sf; ++i) {
          syms[sympos] = s;
          do {
            sympos = sympos + sstep & smask;
          } while (sympos >= ht);
        }
      }
      if (sympos)
        err(0);
      for (i = 0; i < sz; ++i) {
        var ns2 = dstate[syms[i]]++;
        var nb = nbits[i] = al - msb(ns2);
        nstate[i] = (ns2 << nb) - sz;
      }
      return [tpos + 7 >> 3, {
        b: al,
        s: syms,
        n: nbits,
        t: nstate
      }];
    };
    rhu = function(dat, bt) {
      var i = 0, wc = -1;
      var buf = new u8(292), hb = dat[bt];
      var hw = buf.subarray(0, 256);
      var rc = buf.subarray(256, 268);
      var ri = new u16(buf.buffer, 268);
      if (hb < 128) {
        var _a = rfse(dat, bt + 1, 6), ebt = _a[0], fdt = _a[1];
        bt += hb;
        var epos = ebt << 3;
        var lb = dat[bt];
        if (!lb)
          err(0);
        var st1 = 0, st2 = 0, btr1 = fdt.b, btr2 = btr1;
        var fpos = (++bt << 3) - 8 + msb(lb);
        for (; ; ) {
          fpos -= btr1;
          if (fpos < epos)
            break;
          var cbt = fpos >> 3;
          st1 += (dat[cbt] | dat[cbt + 1] << 8) >> (fpos & 7) & (1 << btr1) - 1;
          hw[++wc] = fdt.s[st1];
          fpos -= btr2;
          if (fpos < epos)
            break;
          cbt = fpos >> 3;
          st2 += (dat[cbt] | dat[cbt + 1] << 8) >> (fpos & 7) & (1 << btr2) - 1;
          hw[++wc] = fdt.s[st2];
          btr1 = fdt.n[st1];
          st1 = fdt.t[st1];
          btr2 = fdt.n[st2];
          st2 = fdt.t[st2];
        }
        if (++wc > 255)
          err(0);
      } else {
        wc = hb - 127;
        for (; i < wc; i += 2) {
          var byte = dat[++bt];
          hw[i] = byte >> 4;
          hw[i + 1] = byte & 15;
        }
        ++bt;
      }
      var wes = 0;
      for (i = 0; i < wc; ++i) {
        var wt = hw[i];
        if (wt > 11)
          err(0);
        wes += wt && 1 << wt - 1;
      }
      var mb = msb(wes) + 1;
      var ts = 1 << mb;
      var rem = ts - wes;
      if (rem & rem - 1)
        err(0);
      hw[wc++] = msb(rem) + 1;
      for (i = 0; i < wc; ++i) {
        var wt = hw[i];
        ++rc[hw[i] = wt && mb + 1 - wt];
      }
      var hbuf = new u8(ts << 1);
      var syms = hbuf.subarray(0, ts), nb = hbuf.subarray(ts);
      ri[mb] = 0;
      for (i = mb; i > 0; --i) {
        var pv = ri[i];
        fill(nb, i, pv, ri[i - 1] = pv + rc[i] * (1 << mb - i));
      }
      if (ri[0] != ts)
        err(0);
      for (i = 0; i < wc; ++i) {
        var bits = hw[i];
        if (bits) {
          var code = ri[bits];
          fill(syms, i, code, ri[bits] = code + (1 << mb - bits));
        }
      }
      return [bt, {
        n: nb,
        b: mb,
        s: syms
      }];
    };
    dllt = rfse(/* @__PURE__ */ new u8([
      81,
      16,
      99,
      140,
      49,
      198,
      24,
      99,
      12,
      33,
      196,
      24,
      99,
      102,
      102,
      134,
      70,
      146,
      4
    ]), 0, 6)[1];
    dmlt = rfse(/* @__PURE__ */ new u8([
      33,
      20,
      196,
      24,
      99,
      140,
      33,
      132,
      16,
      66,
      8,
      33,
      132,
      16,
      66,
      8,
      33,
      68,
      68,
      68,
      68,
      68,
      68,
      68,
      68,
      36,
      9
    ]), 0, 6)[1];
    doct = rfse(/* @__PURE__ */ new u8([
      32,
      132,
      16,
      66,
      102,
      70,
      68,
      68,
      68,
      68,
      36,
      73,
      2
    ]), 0, 5)[1];
    b2bl = function(b, s) {
      var len = b.length, bl = new i32(len);
      for (var i = 0; i < len; ++i) {
        bl[i] = s;
        s += 1 << b[i];
      }
      return bl;
    };
    llb = /* @__PURE__ */ new u8((/* @__PURE__ */ new i32([
      0,
      0,
      0,
      0,
      16843009,
      50528770,
      134678020,
      202050057,
      269422093
    ])).buffer, 0, 36);
    llbl = /* @__PURE__ */ b2bl(llb, 0);
    mlb = /* @__PURE__ */ new u8((/* @__PURE__ */ new i32([
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      16843009,
      50528770,
      117769220,
      185207048,
      252579084,
      16
    ])).buffer, 0, 53);
    mlbl = /* @__PURE__ */ b2bl(mlb, 3);
    dhu = function(dat, out, hu) {
      var len = dat.length, ss = out.length, lb = dat[len - 1], msk = (1 << hu.b) - 1, eb = -hu.b;
      if (!lb)
        err(0);
      var st = 0, btr = hu.b, pos = (len << 3) - 8 + msb(lb) - btr, i = -1;
      for (; pos > eb && i < ss; ) {
        var cbt = pos >> 3;
        var val = (dat[cbt] | dat[cbt + 1] << 8 | dat[cbt + 2] << 16) >> (pos & 7);
        st = (st << btr | val) & msk;
        out[++i] = hu.s[st];
        pos -= btr = hu.n[st];
      }
      if (pos != eb || i + 1 != ss)
        err(0);
    };
    dhu4 = function(dat, out, hu) {
      var bt = 6;
      var ss = out.length, sz1 = ss + 3 >> 2, sz2 = sz1 << 1, sz3 = sz1 + sz2;
      dhu(dat.subarray(bt, bt += dat[0] | dat[1] << 8), out.subarray(0, sz1), hu);
      dhu(dat.subarray(bt, bt += dat[2] | dat[3] << 8), out.subarray(sz1, sz2), hu);
      dhu(dat.subarray(bt, bt += dat[4] | dat[5] << 8), out.subarray(sz2, sz3), hu);
      dhu(dat.subarray(bt), out.subarray(sz3), hu);
    };
    rzb = function(dat, st, out) {
      var _a;
      var bt = st.b;
      var b0 = dat[bt], btype = b0 >> 1 & 3;
      st.l = b0 & 1;
      var sz = b0 >> 3 | dat[bt + 1] << 5 | dat[bt + 2] << 13;
      var ebt = (bt += 3) + sz;
      if (btype == 1) {
        if (bt >= dat.length)
          return;
        st.b = bt + 1;
        if (out) {
          fill(out, dat[bt], st.y, st.y += sz);
          return out;
        }
        return fill(new u8(sz), dat[bt]);
      }
      if (ebt > dat.length)
        return;
      if (btype == 0) {
        st.b = ebt;
        if (out) {
          out.set(dat.subarray(bt, ebt), st.y);
          st.y += sz;
          return out;
        }
        return slc(dat, bt, ebt);
      }
      if (btype == 2) {
        var b3 = dat[bt], lbt = b3 & 3, sf = b3 >> 2 & 3;
        var lss = b3 >> 4, lcs = 0, s4 = 0;
        if (lbt < 2) {
          if (sf & 1)
            lss |= dat[++bt] << 4 | (sf & 2 && dat[++bt] << 12);
          else
            lss = b3 >> 3;
        } else {
          s4 = sf;
          if (sf < 2)
            lss |= (dat[++bt] & 63) << 4, lcs = dat[bt] >> 6 | dat[++bt] << 2;
          else if (sf == 2)
            lss |= dat[++bt] << 4 | (dat[++bt] & 3) << 12, lcs = dat[bt] >> 2 | dat[++bt] << 6;
          else
            lss |= dat[++bt] << 4 | (dat[++bt] & 63) << 12, lcs = dat[bt] >> 6 | dat[++bt] << 2 | dat[++bt] << 10;
        }
        ++bt;
        var buf = out ? out.subarray(st.y, st.y + st.m) : new u8(st.m);
        var spl = buf.length - lss;
        if (lbt == 0)
          buf.set(dat.subarray(bt, bt += lss), spl);
        else if (lbt == 1)
          fill(buf, dat[bt++], spl);
        else {
          var hu = st.h;
          if (lbt == 2) {
            var hud = rhu(dat, bt);
            lcs += bt - (bt = hud[0]);
            st.h = hu = hud[1];
          } else if (!hu)
            err(0);
          (s4 ? dhu4 : dhu)(dat.subarray(bt, bt += lcs), buf.subarray(spl), hu);
        }
        var ns2 = dat[bt++];
        if (ns2) {
          if (ns2 == 255)
            ns2 = (dat[bt++] | dat[bt++] << 8) + 32512;
          else if (ns2 > 127)
            ns2 = ns2 - 128 << 8 | dat[bt++];
          var scm = dat[bt++];
          if (scm & 3)
            err(0);
          var dts = [dmlt, doct, dllt];
          for (var i = 2; i > -1; --i) {
            var md = scm >> (i << 1) + 2 & 3;
            if (md == 1) {
              var rbuf = new u8([0, 0, dat[bt++]]);
              dts[i] = {
                s: rbuf.subarray(2, 3),
                n: rbuf.subarray(0, 1),
                t: new u16(rbuf.buffer, 0, 1),
                b: 0
              };
            } else if (md == 2) {
              _a = rfse(dat, bt, 9 - (i & 1)), bt = _a[0], dts[i] = _a[1];
            } else if (md == 3) {
              if (!st.t)
                err(0);
              dts[i] = st.t[i];
            }
          }
          var _b = st.t = dts, mlt = _b[0], oct = _b[1], llt = _b[2];
          var lb = dat[ebt - 1];
          if (!lb)
            err(0);
          var spos = (ebt << 3) - 8 + msb(lb) - llt.b, cbt = spos >> 3, oubt = 0;
          var lst = (dat[cbt] | dat[cbt + 1] << 8) >> (spos & 7) & (1 << llt.b) - 1;
          cbt = (spos -= oct.b) >> 3;
          var ost = (dat[cbt] | dat[cbt + 1] << 8) >> (spos & 7) & (1 << oct.b) - 1;
          cbt = (spos -= mlt.b) >> 3;
          var mst = (dat[cbt] | dat[cbt + 1] << 8) >> (spos & 7) & (1 << mlt.b) - 1;
          for (++ns2; --ns2; ) {
            var llc = llt.s[lst];
            var lbtr = llt.n[lst];
            var mlc = mlt.s[mst];
            var mbtr = mlt.n[mst];
            var ofc = oct.s[ost];
            var obtr = oct.n[ost];
            cbt = (spos -= ofc) >> 3;
            var ofp = 1 << ofc;
            var off2 = ofp + ((dat[cbt] | dat[cbt + 1] << 8 | dat[cbt + 2] << 16 | dat[cbt + 3] << 24) >>> (spos & 7) & ofp - 1);
            cbt = (spos -= mlb[mlc]) >> 3;
            var ml = mlbl[mlc] + ((dat[cbt] | dat[cbt + 1] << 8 | dat[cbt + 2] << 16) >> (spos & 7) & (1 << mlb[mlc]) - 1);
            cbt = (spos -= llb[llc]) >> 3;
            var ll = llbl[llc] + ((dat[cbt] | dat[cbt + 1] << 8 | dat[cbt + 2] << 16) >> (spos & 7) & (1 << llb[llc]) - 1);
            cbt = (spos -= lbtr) >> 3;
            lst = llt.t[lst] + ((dat[cbt] | dat[cbt + 1] << 8) >> (spos & 7) & (1 << lbtr) - 1);
            cbt = (spos -= mbtr) >> 3;
            mst = mlt.t[mst] + ((dat[cbt] | dat[cbt + 1] << 8) >> (spos & 7) & (1 << mbtr) - 1);
            cbt = (spos -= obtr) >> 3;
            ost = oct.t[ost] + ((dat[cbt] | dat[cbt + 1] << 8) >> (spos & 7) & (1 << obtr) - 1);
            if (off2 > 3) {
              st.o[2] = st.o[1];
              st.o[1] = st.o[0];
              st.o[0] = off2 -= 3;
            } else {
              var idx = off2 - (ll != 0);
              if (idx) {
                off2 = idx == 3 ? st.o[0] - 1 : st.o[idx];
                if (idx > 1)
                  st.o[2] = st.o[1];
                st.o[1] = st.o[0];
                st.o[0] = off2;
              } else
                off2 = st.o[0];
            }
            for (var i = 0; i < ll; ++i) {
              buf[oubt + i] = buf[spl + i];
            }
            oubt += ll, spl += ll;
            var stin = oubt - off2;
            if (stin < 0) {
              var len = -stin;
              var bs = st.e + stin;
              if (len > ml)
                len = ml;
              for (var i = 0; i < len; ++i) {
                buf[oubt + i] = st.w[bs + i];
              }
              oubt += len, ml -= len, stin = 0;
            }
            for (var i = 0; i < ml; ++i) {
              buf[oubt + i] = buf[stin + i];
            }
            oubt += ml;
          }
          if (oubt != spl) {
            while (spl < buf.length) {
              buf[oubt++] = buf[spl++];
            }
          } else
            oubt = buf.length;
          if (out)
            st.y += oubt;
          else
            buf = slc(buf, 0, oubt);
        } else if (out) {
          st.y += lss;
          if (spl) {
            for (var i = 0; i < lss; ++i) {
              buf[i] = buf[spl + i];
            }
          }
        } else if (spl)
          buf = slc(buf, spl);
        st.b = ebt;
        return buf;
      }
      err(2);
    };
    cct = function(bufs, ol) {
      if (bufs.length == 1)
        return bufs[0];
      var buf = new u8(ol);
      for (var i = 0, b = 0; i < bufs.length; ++i) {
        var chk = bufs[i];
        buf.set(chk, b);
        b += chk.length;
      }
      return buf;
    };
    Decompress = /* @__PURE__ */ (function() {
      function Decompress2(ondata) {
        this.ondata = ondata;
        this.c = [];
        this.l = 0;
        this.z = 0;
      }
      Decompress2.prototype.push = function(chunk, final) {
        if (typeof this.s == "number") {
          var sub = Math.min(chunk.length, this.s);
          chunk = chunk.subarray(sub);
          this.s -= sub;
        }
        var sl = chunk.length;
        var ncs = sl + this.l;
        if (!this.s) {
          if (final) {
            if (!ncs) {
              this.ondata(new u8(0), true);
              return;
            }
            if (ncs < 5)
              err(5);
          } else if (ncs < 18) {
            this.c.push(chunk);
            this.l = ncs;
            return;
          }
          if (this.l) {
            this.c.push(chunk);
            chunk = cct(this.c, ncs);
            this.c = [];
            this.l = 0;
          }
          if (typeof (this.s = rzfh(chunk)) == "number")
            return this.push(chunk, final);
        }
        if (typeof this.s != "number") {
          if (ncs < (this.z || 3)) {
            if (final)
              err(5);
            this.c.push(chunk);
            this.l = ncs;
            return;
          }
          if (this.l) {
            this.c.push(chunk);
            chunk = cct(this.c, ncs);
            this.c = [];
            this.l = 0;
          }
          if (!this.z && ncs < (this.z = chunk[this.s.b] & 2 ? 4 : 3 + (chunk[this.s.b] >> 3 | chunk[this.s.b + 1] << 5 | chunk[this.s.b + 2] << 13))) {
            if (final)
              err(5);
            this.c.push(chunk);
            this.l = ncs;
            return;
          } else
            this.z = 0;
          for (; ; ) {
            var blk = rzb(chunk, this.s);
            if (!blk) {
              if (final)
                err(5);
              var adc = chunk.subarray(this.s.b);
              this.s.b = 0;
              this.c.push(adc), this.l += adc.length;
              return;
            } else {
              this.ondata(blk, false);
              cpw(this.s.w, 0, blk.length);
              this.s.w.set(blk, this.s.w.length - blk.length);
            }
            if (this.s.l) {
              var rest3 = chunk.subarray(this.s.b);
              this.s = this.s.c * 4;
              this.push(rest3, final);
              return;
            }
          }
        } else if (final)
          err(5);
      };
      return Decompress2;
    })();
  }
});

// src/workload/decompress.ts
async function* decompressed(chunks) {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) return;
  const all2 = { [Symbol.asyncIterator]: () => prepended(first.value, iterator) };
  if (isGzip(first.value)) yield* gunzipped(all2);
  else if (isZstd(first.value)) yield* unzstd(all2);
  else yield* all2;
}
async function* prepended(first, rest3) {
  try {
    yield first;
    for (let next = await rest3.next(); next.done !== true; next = await rest3.next()) yield next.value;
  } finally {
    await rest3.return?.();
  }
}
async function* gunzipped(chunks) {
  const { createGunzip } = await import("node:zlib");
  const stream = createGunzip({ chunkSize: 64 * 1024 });
  let out = [];
  stream.on("data", (data) => out.push(data));
  stream.on("error", () => {
  });
  try {
    for await (const chunk of chunks) {
      for (let at2 = 0; at2 < chunk.length; at2 += GZIP_SLICE) {
        const error2 = await settled(
          stream,
          (done2) => stream.write(chunk.subarray(at2, at2 + GZIP_SLICE), () => done2())
        );
        yield* out;
        out = [];
        if (error2 !== null) throw damaged("gzip", error2);
      }
    }
    const error = await settled(stream, (done2) => stream.once("end", done2).end());
    yield* out;
    if (error !== null) throw damaged("gzip", error);
  } finally {
    stream.destroy();
  }
}
function settled(stream, begin4) {
  if (stream.errored !== null) return Promise.resolve(stream.errored);
  return new Promise((resolve2) => {
    stream.once("error", resolve2);
    begin4(() => {
      stream.off("error", resolve2);
      resolve2(stream.errored);
    });
  });
}
async function* unzstd(chunks) {
  let out = [];
  const stream = new Decompress((data) => {
    if (data.length > 0) out.push(Buffer.from(data.buffer, data.byteOffset, data.length));
  });
  let first = true;
  for await (const chunk of chunks) {
    if (first) checkWindow(chunk);
    first = false;
    for (let at2 = 0; at2 < chunk.length; at2 += ZSTD_SLICE) {
      const error2 = pushed(stream, Buffer.from(chunk.subarray(at2, at2 + ZSTD_SLICE)), false);
      yield* out;
      out = [];
      if (error2 !== null) throw damaged("zstd", error2);
    }
  }
  const error = pushed(stream, new Uint8Array(0), true);
  yield* out;
  if (error !== null) throw damaged("zstd", error);
}
function pushed(stream, data, last) {
  try {
    stream.push(data, last);
    return null;
  } catch (error) {
    return error;
  }
}
function checkWindow(frame) {
  const singleSegment = (frame[4] & 32) !== 0;
  if (frame.readUInt32LE(0) !== 4247762216 || singleSegment || frame.length < 6) return;
  const base = 2 ** (10 + (frame[5] >> 3));
  if (base + base / 8 * (frame[5] & 7) > LARGEST_WINDOW) {
    throw new DamagedStream("the zstd stream needs more than 128 MiB of memory: compress it without --long");
  }
}
function damaged(kind, error) {
  const text = error instanceof Error ? error.message : String(error);
  const cut = /unexpected (end of file|eof)/i.test(text);
  return new DamagedStream(
    cut ? `the ${kind} stream ends early: the file is cut short` : `the ${kind} stream is damaged (${text})`,
    { cause: error }
  );
}
var DamagedStream, isGzip, isZstd, GZIP_SLICE, ZSTD_SLICE, LARGEST_WINDOW;
var init_decompress = __esm({
  "src/workload/decompress.ts"() {
    "use strict";
    init_esm();
    DamagedStream = class extends Error {
    };
    isGzip = (head) => head.length >= 2 && head.readUInt16BE(0) === 8075;
    isZstd = (head) => head.length >= 4 && (head.readUInt32LE(0) === 4247762216 || head.readUInt32LE(0) >>> 4 === 25481893);
    GZIP_SLICE = 16 * 1024;
    ZSTD_SLICE = 1024;
    LARGEST_WINDOW = 128 * 2 ** 20;
  }
});

// src/workload/trace-file.ts
import { constants as constants3 } from "node:fs";
import { open as open2 } from "node:fs/promises";
async function openFile3(path) {
  let handle;
  try {
    handle = await open2(path, constants3.O_RDONLY | constants3.O_NONBLOCK);
    const stat4 = await handle.stat({ bigint: true });
    if (stat4.isFile()) return { handle, state: { size: stat4.size, mtime: stat4.mtimeNs } };
    await handle.close();
    throw new TraceError(
      path,
      `this is ${stat4.isDirectory() ? "a directory" : "no regular file"}, not a trace`
    );
  } catch (error) {
    throw readError(path, error);
  }
}
async function* fileChunks(path, state, signal2) {
  const opened2 = await openFile3(path);
  const { handle } = opened2;
  let [spare, other] = [Buffer.allocUnsafeSlow(CHUNK2), Buffer.allocUnsafeSlow(CHUNK2)];
  let ahead;
  try {
    if (opened2.state.size !== state.size || opened2.state.mtime !== state.mtime) {
      throw new TraceError(path, "the file was changed while the run was reading it");
    }
    for (; ; ) {
      signal2?.throwIfAborted();
      const chunk = await (ahead ?? readChunk(path, handle, other));
      if (chunk.length === 0) return;
      ahead = readChunk(path, handle, spare);
      [spare, other] = [other, spare];
      ahead.catch(() => void 0);
      yield chunk;
    }
  } finally {
    await ahead?.catch(() => void 0);
    await handle.close();
  }
}
async function readChunk(path, handle, buffer) {
  try {
    const { bytesRead } = await handle.read(buffer, 0, CHUNK2);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw readError(path, error);
  }
}
async function fileState(path) {
  const { handle, state } = await openFile3(path);
  await handle.close();
  return state;
}
async function fingerprint(path, state, signal2) {
  const key2 = stateId(path, state);
  const known = fingerprints.get(key2);
  if (known !== void 0) return known;
  const { createHash } = await import("node:crypto");
  const hash = createHash("sha256");
  for await (const chunk of fileChunks(path, state, signal2)) hash.update(chunk);
  const digest = hash.digest("hex");
  fingerprints.set(key2, digest);
  return digest;
}
function readError(path, error) {
  if (error instanceof TraceError || !(error instanceof Error) || !("code" in error)) return error;
  return new TraceError(
    path,
    REASONS[String(error.code)] ?? `the file can't be read: ${error.message}`,
    void 0,
    error
  );
}
var CHUNK2, stateId, fingerprints, REASONS;
var init_trace_file = __esm({
  "src/workload/trace-file.ts"() {
    "use strict";
    init_trace_error();
    CHUNK2 = 1024 * 1024;
    stateId = (path, { size: size2, mtime }) => `${size2} ${mtime} ${path}`;
    fingerprints = /* @__PURE__ */ new Map();
    REASONS = {
      ENOENT: "there is no such file",
      ENOTDIR: "there is no such file",
      EACCES: "the file may not be read: permission denied",
      EISDIR: "this is a directory, not a trace"
    };
  }
});

// src/workload/utf8.ts
import { TextDecoder as TextDecoder2 } from "node:util";
async function* inUtf8(chunks) {
  let decoder2;
  for await (const chunk of chunks) {
    const isFirst = decoder2 === void 0;
    if (isFirst && chunk.length > 1) decoder2 = decoderOf(chunk);
    if (decoder2) yield Buffer.from(decoder2.decode(chunk, { stream: true }));
    else yield isFirst && chunk.indexOf(MARK) === 0 ? chunk.subarray(MARK.length) : chunk;
  }
}
function decoderOf(chunk) {
  if (chunk[0] === 255 && chunk[1] === 254) return new TextDecoder2("utf-16le");
  return chunk[0] === 254 && chunk[1] === 255 ? new TextDecoder2("utf-16be") : null;
}
var MARK;
var init_utf8 = __esm({
  "src/workload/utf8.ts"() {
    "use strict";
    MARK = Buffer.from("\uFEFF");
  }
});

// src/workload/csv-header.ts
async function readFirstLine(path, state, signal2) {
  const pieces = [];
  let length = 0;
  let damage = null;
  try {
    for await (const chunk of inUtf8(decompressed(fileChunks(path, state, signal2)))) {
      pieces.push(Buffer.from(chunk));
      length += chunk.length;
      if (length > LONGEST_LINE || hasTable(Buffer.concat(pieces))) break;
    }
  } catch (error) {
    if (!(error instanceof DamagedStream)) throw error;
    damage = error;
  }
  const head = Buffer.concat(pieces);
  const { line, number: number2, told } = firstOfTable(head);
  const tooLong3 = line.length > LONGEST_LINE;
  const separator = told ?? separatorOf(line);
  const fields = new FieldCutter(separator);
  const end4 = line.at(-1) === RETURN2 ? line.length - 1 : line.length;
  const isCsv = !tooLong3 && fields.cut(line, 0, end4, LONGEST_LINE) === 0;
  return {
    names: isCsv ? headerNames(fields) : [],
    line: tooLong3 ? "" : line.toString("utf8", 0, end4),
    separator,
    number: number2,
    tooLong: tooLong3,
    missing: length === 0,
    damage
  };
}
function firstOfTable(head) {
  let told = null;
  for (let start2 = 0, number2 = 1; ; number2++) {
    const newline = head.indexOf(NEWLINE3, start2);
    const line = head.subarray(start2, newline < 0 ? head.length : newline);
    const sep = /^"?sep=(.)"?\r?$/.exec(line.length < 16 ? line.toString() : "");
    if (sep !== null) told = sep[1].charCodeAt(0);
    const isTable = sep === null && line[0] !== HASH3 && line.length > 0 && line[0] !== RETURN2;
    if (isTable || newline < 0) return { line, start: start2, number: number2, told };
    start2 = newline + 1;
  }
}
function separatorOf(line) {
  const bare = line.toString("latin1").replace(/"[^"]*"/g, "");
  const count2 = (byte) => bare.split(String.fromCharCode(byte)).length - 1;
  const best = SEPARATORS.reduce((most, each) => count2(each) > count2(most) ? each : most, COMMA);
  const words = bare.trim().split(/\s+/);
  const numbers = words.filter((word2) => /^[\d.]+$/.test(word2)).length;
  const isTable = /^fio version|\b(offset|lb[na])\b/i.test(bare) || numbers > 2 && numbers * 2 >= words.length;
  const isBlanks = count2(best) === 0 && isTable;
  return isBlanks ? BLANK2 : best;
}
var NEWLINE3, RETURN2, HASH3, SEPARATORS, BLANK2, hasTable;
var init_csv_header = __esm({
  "src/workload/csv-header.ts"() {
    "use strict";
    init_csv_columns();
    init_csv_fields();
    init_csv_lines();
    init_decompress();
    init_trace_file();
    init_utf8();
    NEWLINE3 = 10;
    RETURN2 = 13;
    HASH3 = 35;
    SEPARATORS = [COMMA, 59, 9, 124];
    BLANK2 = 32;
    hasTable = (head) => head.indexOf(NEWLINE3, firstOfTable(head).start) >= 0;
  }
});

// src/workload/file-names.ts
var MOST_FILES, FileNames;
var init_file_names = __esm({
  "src/workload/file-names.ts"() {
    "use strict";
    init_text();
    MOST_FILES = 2 ** 20;
    FileNames = class {
      names = [];
      /** By their bytes, read as Latin-1: quicker than UTF-8, and no two names fall together. */
      #numbers = /* @__PURE__ */ new Map();
      /** The number of the file with this name, or -1 if there are too many. */
      numberOf(source, start2, end4) {
        const key2 = source.toString("latin1", start2, end4);
        const known = this.#numbers.get(key2);
        if (known !== void 0) return known;
        if (this.names.length === MOST_FILES) return -1;
        this.#numbers.set(key2, this.names.length);
        return this.names.push(decodeText(source.subarray(start2, end4))) - 1;
      }
    };
  }
});

// src/workload/decoder-around.ts
var DecoderAround;
var init_decoder_around = __esm({
  "src/workload/decoder-around.ts"() {
    "use strict";
    DecoderAround = class {
      decoder;
      constructor(decoder2) {
        this.decoder = decoder2;
      }
      get position() {
        return this.decoder.position;
      }
      get skipped() {
        return this.decoder.skipped;
      }
      get strange() {
        return this.decoder.strange;
      }
    };
  }
});

// src/workload/line-decoder.ts
var LineDecoder;
var init_line_decoder = __esm({
  "src/workload/line-decoder.ts"() {
    "use strict";
    init_csv_lines();
    init_decoder_around();
    init_trace_error();
    LineDecoder = class extends DecoderAround {
      #lines;
      #file;
      #whyEmpty;
      /** `whyEmpty`: what is said when no line is a record. */
      constructor(file, rewrite, decoder2, whyEmpty) {
        super(decoder2);
        this.#file = file;
        this.#whyEmpty = whyEmpty;
        this.#lines = new RowCutter(
          (source, start2, end4) => decoder2.decode(Buffer.from(`${rewrite(source.toString("utf8", start2, end4))}
`)),
          () => {
            throw new TraceError(file, `the line is longer than ${LONGEST_LINE} bytes`, decoder2.position);
          }
        );
      }
      decode(chunk) {
        this.#lines.push(chunk);
      }
      end() {
        this.#lines.end();
        try {
          this.decoder.end();
        } catch (error) {
          throw this.#whyEmpty === null ? error : new TraceError(this.#file, this.#whyEmpty);
        }
      }
    };
  }
});

// src/workload/oracle-general.ts
var RECORD, LIMIT2, OracleGeneralDecoder;
var init_oracle_general = __esm({
  "src/workload/oracle-general.ts"() {
    "use strict";
    init_units();
    init_object_layout();
    init_record_queue();
    init_trace_error();
    RECORD = 24;
    LIMIT2 = FILE_PAGES * PAGE_SIZE;
    OracleGeneralDecoder = class {
      #file;
      #unit;
      #queue;
      #layout;
      /** The beginning of a record that the next chunk ends. */
      #rest = Buffer.alloc(RECORD);
      #restLength = 0;
      #records = 0;
      #firstTime = 0;
      #lastTime = 0;
      #empty = 0;
      constructor(file, format, queue) {
        this.#file = file;
        this.#unit = format.unit;
        this.#queue = queue;
        this.#layout = format.objects ? new ObjectLayout() : null;
      }
      get position() {
        return { record: this.#records + 1, byte: this.#records * RECORD };
      }
      get skipped() {
        return { op: 0, empty: this.#empty };
      }
      decode(chunk) {
        let at2 = 0;
        if (this.#restLength > 0) {
          at2 = chunk.copy(this.#rest, this.#restLength, 0, RECORD - this.#restLength);
          this.#restLength += at2;
          if (this.#restLength < RECORD) return;
          this.#record(new DataView(this.#rest.buffer, this.#rest.byteOffset), 0);
          this.#restLength = 0;
        }
        const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
        for (; at2 + RECORD <= chunk.length; at2 += RECORD) this.#record(view, at2);
        this.#restLength = chunk.copy(this.#rest, 0, at2);
      }
      end() {
        if (this.#restLength > 0) {
          this.#fail(
            `only ${this.#restLength} of the record's ${RECORD} bytes are there: the file is cut short or damaged`
          );
        }
      }
      #record(view, at2) {
        const time = view.getUint32(at2, true);
        if (this.#records === 0) this.#firstTime = time;
        else if (time < this.#lastTime) {
          this.#fail(
            `time ${time} s is before ${this.#lastTime} s, the record's before: times must not go backwards`
          );
        }
        const size2 = view.getUint32(at2 + 12, true);
        if (size2 === 0) this.#empty++;
        else this.#access((time - this.#firstTime) * SECOND, view, at2, size2);
        this.#lastTime = time;
        this.#records++;
      }
      #access(time, view, at2, size2) {
        const low3 = view.getUint32(at2 + 4, true);
        const high4 = view.getUint32(at2 + 8, true);
        if (this.#layout !== null) {
          const count2 = Math.ceil(size2 / PAGE_SIZE);
          const page = this.#layout.place(low3, high4, count2);
          if (page === null) this.#fail(`${this.#layout.full}: cut the trace, or sample its objects`);
          else this.#queue.push(time, 0, page, count2, 0);
          return;
        }
        const offset = (high4 * 2 ** 32 + low3) * this.#unit;
        if (offset + size2 > LIMIT2) {
          const id = BigInt(high4) << 32n | BigInt(low3);
          this.#fail(
            `block ${id} of ${this.#unit} bytes lies beyond the largest file (32 TiB): if the ids are names rather than block numbers, use --format oracleGeneral:objects`
          );
        }
        this.#queue.pushBytes(time, 0, offset, size2, 0);
      }
      #fail(why) {
        throw new TraceError(this.#file, why, this.position);
      }
    };
  }
});

// src/workload/sorted-decoder.ts
var SortedDecoder;
var init_sorted_decoder = __esm({
  "src/workload/sorted-decoder.ts"() {
    "use strict";
    init_decoder_around();
    init_record_queue();
    SortedDecoder = class extends DecoderAround {
      #found;
      #queue;
      constructor(make2, queue) {
        const found = new RecordQueue();
        super(make2(found));
        this.#found = found;
        this.#queue = queue;
      }
      decode(chunk) {
        this.decoder.decode(chunk);
      }
      end() {
        this.decoder.end();
        const { time, file, page, count: count2, op } = this.#found.take(this.#found.length);
        const order = Uint32Array.from(time.keys()).sort((a, b) => time[a] - time[b] || a - b);
        const first = order.length === 0 ? 0 : time[order[0]];
        for (const at2 of order) this.#queue.push(time[at2] - first, file[at2], page[at2], count2[at2], op[at2]);
      }
    };
  }
});

// src/workload/trace-reader.ts
var TraceReader, SKIP, Pass;
var init_trace_reader = __esm({
  "src/workload/trace-reader.ts"() {
    "use strict";
    init_decompress();
    init_record_queue();
    init_trace_error();
    TraceReader = class {
      #path;
      #open;
      #decoder;
      #pass = null;
      /** `open`: its bytes, as the decoder takes them. */
      constructor(path, open3, decoder2) {
        this.#path = path;
        this.#open = open3;
        this.#decoder = decoder2;
      }
      get skipped() {
        return this.#pass?.skipped ?? { op: 0, empty: 0 };
      }
      get strange() {
        return this.#pass?.strange ?? /* @__PURE__ */ new Map();
      }
      async read(from, max4) {
        if (this.#pass === null || this.#pass.position > from) {
          await this.close();
          const queue = new RecordQueue();
          this.#pass = new Pass(this.#path, this.#open(), this.#decoder(queue), queue);
        }
        const pass = this.#pass;
        while (pass.position < from) {
          const { last } = await pass.read(Math.min(from - pass.position, SKIP));
          if (last && pass.position < from) {
            throw new TraceError(this.#path, `record ${from} is wanted, but the trace has ${pass.position}`);
          }
        }
        return pass.read(max4);
      }
      async close() {
        await this.#pass?.close();
        this.#pass = null;
      }
    };
    SKIP = 8192;
    Pass = class {
      /** Index of the record that comes next. */
      position = 0;
      #path;
      #chunks;
      #decoder;
      #queue;
      #ended = false;
      #failure = null;
      constructor(path, chunks, decoder2, queue) {
        this.#path = path;
        this.#chunks = chunks;
        this.#decoder = decoder2;
        this.#queue = queue;
      }
      get skipped() {
        return this.#decoder.skipped;
      }
      get strange() {
        return this.#decoder.strange;
      }
      async read(max4) {
        while (!this.#ended && this.#queue.length <= max4) await this.#fill();
        if (this.#failure !== null && (this.#queue.length === 0 || !(this.#failure instanceof TraceError))) {
          throw this.#failure;
        }
        const batch2 = this.#queue.take(max4);
        this.position += batch2.time.length;
        return { batch: batch2, last: this.#ended && this.#failure === null && this.#queue.length === 0 };
      }
      async close() {
        await this.#chunks.return(void 0);
      }
      async #fill() {
        try {
          const next = await this.#chunks.next();
          if (next.done !== true) {
            this.#decoder.decode(next.value);
            return;
          }
          this.#ended = true;
          this.#decoder.end();
        } catch (error) {
          this.#ended = true;
          this.#failure = error instanceof DamagedStream ? new TraceError(this.#path, error.message, this.#decoder.position, error) : error;
        }
      }
    };
  }
});

// src/workload/open-trace.ts
var open_trace_exports = {};
__export(open_trace_exports, {
  openTrace: () => openTrace
});
import { basename as basename2 } from "node:path";
async function openTrace(path, options2 = {}) {
  const { signal: signal2 } = options2;
  const state = await fileState(path);
  if (state.size === 0n) throw new TraceError(path, "the file is empty");
  const first = await readFirstLine(path, state, signal2);
  if (first.missing && first.damage !== null)
    throw new TraceError(path, first.damage.message, void 0, first.damage);
  if (first.missing) throw new TraceError(path, "the file is empty once it is decompressed");
  const format = options2.format === void 0 ? guess(path, first) : parsed2(path, options2.format);
  const files4 = new FileNames();
  const { text, decoder: decoder2, notes } = decoding(path, format, first, files4);
  const bytes2 = () => decompressed(fileChunks(path, state, signal2));
  const reader = new TraceReader(path, format.kind === "csv" ? () => inUtf8(bytes2()) : bytes2, decoder2);
  return {
    id: stateId(path, state),
    sha256: () => fingerprint(path, state, signal2),
    format: text,
    files: files4.names,
    get skipped() {
      return reader.skipped;
    },
    get strange() {
      return reader.strange;
    },
    notes,
    read: (from, max4) => reader.read(from, max4),
    close: () => reader.close()
  };
}
function parsed2(path, text) {
  const format = parseTraceFormat(text);
  if (!format.ok) throw new TraceError(path, `--format ${text}: ${format.why}`);
  return format.value;
}
function decoding(path, format, first, files4) {
  if (format.kind === "oracleGeneral") {
    files4.names.push("");
    const decoder2 = (queue) => new OracleGeneralDecoder(path, format, queue);
    return { text: traceFormatText(format), decoder: decoder2, notes: [] };
  }
  const { published } = format;
  const columns2 = columnsOf(path, published?.rewrite ? { ...first, names: REWRITTEN_NAMES } : first, format);
  if (columns2.file < 0) files4.names.push("");
  const rewrite = published?.rewrite ?? null;
  const hasHeader = rewrite === null && !/^\d/.test(first.names[columns2.time] ?? "");
  const csvDecoder = (queue) => {
    const separator = rewrite === null ? first.separator : COMMA;
    const header = hasHeader ? first.number : 0;
    const decoder2 = new CsvDecoder(path, columns2, columns2.timeunit, files4, queue, separator, header);
    return rewrite === null ? decoder2 : new LineDecoder(path, rewrite(), decoder2, published?.whyEmpty ?? null);
  };
  return {
    text: traceFormatText(resolvedFormat(columns2, format)),
    notes: notesOf(columns2, first, published?.volume ?? null),
    decoder: (queue) => format.sort ? new SortedDecoder((inner) => csvDecoder(inner), queue) : csvDecoder(queue)
  };
}
function notesOf({ op, size: size2, file, only }, { names }, published) {
  const volume = names.find((name) => /^(device_id|disknumber|volumeid|asu|lun|dev|device)$/i.test(name)) ?? published;
  return [
    ...op < 0 ? ["no column is the operation: each record is taken for a read"] : [],
    ...size2 < 0 ? ["no column is the size: each record is taken for 4096 bytes"] : [],
    ...file < 0 && volume !== null && only === null ? [`volumes are taken for one: file=${volume} in --format keeps them apart`] : []
  ];
}
function guess(path, first) {
  const { names } = first;
  const isOracleGeneral = /\.oraclegeneral(\.|$)/i.test(basename2(path));
  const published = detectedFormat(names, first.line);
  if (published !== void 0) return parsed2(path, published.name);
  const name = isOracleGeneral ? "oracleGeneral" : looksLikeTrace(names) ? "csv" : null;
  if (name !== null) return parsed2(path, name);
  if (names.length > 2 && names.filter((each) => /^[\d.]+$/.test(each)).length > 1)
    throw new TraceError(
      path,
      "the table has no header: say which of its columns is which, as --format csv:time=1,op=2,offset=3,size=4"
    );
  throw new TraceError(path, `the format of this trace is unknown: name it with --format; ${FORMATS}`);
}
function columnsOf(path, first, format) {
  const { names, tooLong: tooLong3 } = first;
  const columns2 = tooLong3 ? `the line is longer than ${LONGEST_LINE} bytes: this is no CSV` : resolveColumns(names, format);
  if (typeof columns2 === "string") throw new TraceError(path, columns2, { line: first.number });
  return columns2;
}
var REWRITTEN_NAMES;
var init_open_trace = __esm({
  "src/workload/open-trace.ts"() {
    "use strict";
    init_csv();
    init_csv_columns();
    init_csv_fields();
    init_csv_header();
    init_csv_lines();
    init_decompress();
    init_file_names();
    init_formats();
    init_line_decoder();
    init_oracle_general();
    init_sorted_decoder();
    init_trace_error();
    init_trace_file();
    init_trace_format();
    init_trace_reader();
    init_utf8();
    REWRITTEN_NAMES = ["time", "op", "offset", "size", "file"];
  }
});

// src/workload/trace-opener.ts
var trace_opener_exports = {};
__export(trace_opener_exports, {
  traceOpener: () => traceOpener
});
var traceOpener;
var init_trace_opener = __esm({
  "src/workload/trace-opener.ts"() {
    "use strict";
    init_script_files();
    init_trace_format();
    traceOpener = {
      fault: (format) => {
        const parsed3 = parseTraceFormat(format);
        return parsed3.ok ? null : `--format ${format}: ${parsed3.why}`;
      },
      open: async (path, format, signal2) => {
        const { openTrace: openTrace2 } = await Promise.resolve().then(() => (init_open_trace(), open_trace_exports));
        return openTrace2(path, { ...format !== null && { format }, ...signal2 !== null && { signal: signal2 } });
      },
      // By its name: what was loaded late has a class of its own.
      isFault: (error) => error instanceof Error && (error.name === "TraceError" || isSystemError(error))
    };
  }
});

// src/library/emulated-machine.ts
init_errno();

// src/fs/directory.ts
init_errno();

// src/fs/fault-inject.ts
init_errno();
var nextFault = (faults2, path, access) => faults2.find((fault3) => fault3.path === path && (fault3.on === null || fault3.on === access)) ?? null;
function shouldFail(faults2, path, access) {
  const fault3 = nextFault(faults2, path, access);
  if (fault3 === null) return null;
  if (fault3.after > 0) {
    fault3.after -= 1;
    return null;
  }
  if (fault3.times !== null) fault3.times -= 1;
  if (fault3.times === 0) faults2.splice(faults2.indexOf(fault3), 1);
  return refuse(fault3.errno, `a fault that was set, ${left(fault3)}: 'memcg faults' lists them`);
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

// src/fs/namei.ts
init_errno();
init_text();

// src/fs/inode.ts
init_errno();
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
function setAttributes(fs, cgroup, file, change3, who) {
  const now = fs.mm.sched.now;
  const refused2 = changeRefused(inodeOf(fs, cgroup, file), change3, who);
  if (refused2 !== null) return refuse(refused2, `uid ${who.uid} may not change that`);
  if ((change3.size ?? 0) > MAX_BYTES) return refuse("EFBIG", `a file here has ${MAX_BYTES} bytes at most`);
  const inode = keptInode(fs, cgroup, file);
  if (change3.uid !== void 0 || change3.gid !== void 0) {
    inode.uid = change3.uid ?? inode.uid;
    inode.gid = change3.gid ?? inode.gid;
    if (file !== null) inode.mode &= (inode.mode & S_IXGRP) !== 0 ? ~(S_ISUID | S_ISGID) : ~S_ISUID;
  }
  if (change3.mode !== void 0) {
    const kept = who.uid === 0 || inGroup(who, inode.gid) ? S_IALLUGO : S_IALLUGO & ~S_ISGID;
    inode.mode = inode.mode & S_IFMT | change3.mode & kept;
  }
  if (change3.size !== void 0 && fs.controller.traits.resizes) {
    inode.size = change3.size;
    inode.mtime = now;
  }
  inode.atime = change3.atime ?? inode.atime;
  inode.mtime = change3.mtime ?? inode.mtime;
  inode.ctime = now;
  return OK;
}
function changeRefused(inode, change3, who) {
  if (who.uid === 0) return null;
  const owner = who.uid === inode.uid;
  if (change3.uid !== void 0 && !(owner && change3.uid === inode.uid)) return "EPERM";
  if (change3.gid !== void 0 && !(owner && (inGroup(who, change3.gid) || change3.gid === inode.gid)))
    return "EPERM";
  if ((change3.mode ?? change3.atime ?? change3.mtime) !== void 0 && !owner) return "EPERM";
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

// src/machine/machine.ts
init_errno();

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
  const at2 = thread.queueIndex;
  const last = queue.pop();
  thread.queueIndex = -1;
  if (last === void 0 || last === thread) return;
  queue[at2] = last;
  last.queueIndex = at2;
  siftDown(queue, at2);
  siftUp(queue, last.queueIndex);
}
var before = (a, b) => a.vruntime < b.vruntime || a.vruntime === b.vruntime && a.pid < b.pid;
function siftUp(queue, from) {
  const thread = queue[from];
  let at2 = from;
  while (at2 > 0) {
    const parent = at2 - 1 >> 1;
    if (!before(thread, queue[parent])) break;
    queue[at2] = queue[parent];
    queue[at2].queueIndex = at2;
    at2 = parent;
  }
  queue[at2] = thread;
  thread.queueIndex = at2;
}
function siftDown(queue, from) {
  const thread = queue[from];
  let at2 = from;
  for (; ; ) {
    let child = 2 * at2 + 1;
    if (child >= queue.length) break;
    if (child + 1 < queue.length && before(queue[child + 1], queue[child])) child += 1;
    if (!before(queue[child], thread)) break;
    queue[at2] = queue[child];
    queue[at2].queueIndex = at2;
    at2 = child;
  }
  queue[at2] = thread;
  thread.queueIndex = at2;
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
  let at2 = from;
  while (at2 > 0) {
    const parent = at2 - 1 >> 2;
    if (!before2(time, order, key2[2 * parent], key2[2 * parent + 1])) break;
    copy(timers, parent, at2);
    at2 = parent;
  }
  put(timers, at2, time, order, target);
}
function siftDown2(timers, time, order, target) {
  const { key: key2, length } = timers;
  let at2 = 0;
  for (let child = 1; child < length; child = 4 * at2 + 1) {
    let first = child;
    const end4 = Math.min(child + 4, length);
    for (let other = child + 1; other < end4; other += 1) {
      if (before2(key2[2 * other], key2[2 * other + 1], key2[2 * first], key2[2 * first + 1])) first = other;
    }
    if (!before2(key2[2 * first], key2[2 * first + 1], time, order)) break;
    copy(timers, first, at2);
    at2 = first;
  }
  put(timers, at2, time, order, target);
}
var before2 = (time, order, otherTime, otherOrder) => time < otherTime || time === otherTime && order < otherOrder;
function put({ key: key2, target }, at2, time, order, what) {
  key2[2 * at2] = time;
  key2[2 * at2 + 1] = order;
  target[at2] = what;
}
function copy(timers, from, to) {
  put(timers, to, timers.key[2 * from], timers.key[2 * from + 1], timers.target[from]);
}
function grow(timers) {
  const { key: key2, target } = timers;
  timers.key = grown(key2, new Float64Array(2 * key2.length));
  timers.target = grown(target, new Int32Array(2 * target.length));
}

// src/kernel/sched.ts
init_units();
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
function sleepOn(sched, thread, state, until2 = null) {
  thread.state = state;
  thread.timer = until2 === null ? 0 : addTimer(sched.timers, until2, thread.pid);
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
function runOneEvent(sched, host, until2) {
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
    if (timer > until2 || timer === Infinity) return false;
    fireTimer(sched, host, timer);
    return true;
  }
  if (time > until2) return false;
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

// src/machine/machine.ts
init_units();

// src/mm/blkdev.ts
init_units();

// src/kernel/wait.ts
function prepareToWait(queue, thread) {
  if (!queue.includes(thread)) queue.push(thread);
}
function finishWait(queue, thread) {
  const at2 = queue.indexOf(thread);
  if (at2 >= 0) queue.splice(at2, 1);
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
var HEADS = 4;

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

// src/mm/page-table.ts
init_units();

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
  const all2 = new Uint8Array(buffer);
  for (const { from, to, kept, bytes: bytes2 } of pieces.toReversed()) {
    if (from !== to && kept > 0) all2.copyWithin(to, from, from + kept);
    all2.fill(0, to + kept, Math.min(to + bytes2, had));
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
    region(Float64Array, chunks, tables, "chunkEvicted"),
    region(Int32Array, mm.shadowAges ? chunks * SLOTS_PER_CHUNK : 0, tables, "ages")
  ];
}
function region(kind, length, holder, name) {
  return {
    array: holder[name],
    bytes: length * kind.BYTES_PER_ELEMENT,
    place: (buffer, at2) => {
      holder[name] = new kind(buffer, at2, length);
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
  for (const { head, length, start: start2, count: count2 } of mm.devices.slice(0, 2)) {
    for (let i = 0; i < length; i += 1) {
      const at2 = head + i & start2.length - 1;
      const last = start2[at2] + count2[at2] - 1 >> CHUNK_SHIFT;
      for (let chunk = start2[at2] >> CHUNK_SHIFT; chunk <= last; chunk += 1) busy.add(chunk);
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
var swapContent = (entry2) => FIRST_SWAP - entry2;
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
  const at2 = Math.floor(page / SLOTS_PER_CHUNK);
  if (at2 >= mapping.directory.length) {
    const size2 = Math.max(4, 2 ** Math.ceil(Math.log2(at2 + 1)));
    mapping.directory = grown(mapping.directory, new Int32Array(size2).fill(-1));
  }
  const { tables } = mm;
  const chunk = tables.freeChunks.pop() ?? nextChunk(mm);
  mapping.directory[at2] = chunk;
  tables.chunkMapping[chunk] = mapping.id;
  tables.chunkPlace[chunk] = at2;
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
  for (let at2 = first; at2 < mapping.directory.length; at2 += 1) {
    const chunk = mapping.directory[at2];
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
  const wait2 = waiters.free;
  waiters.free = waiters.next[wait2];
  waiters.length += 1;
  waiters.waits += 1;
  waiters.tasks[wait2] = task;
  waiters.slot[wait2] = slot;
  waiters.order[wait2] = waiters.waits;
  waiters.next[wait2] = waiters.queues[key2];
  waiters.queues[key2] = wait2;
}
function forgetWaiter(waiters, task) {
  if (waiters.sole === task) waiters.sole = null;
  const { queues, next, tasks: tasks2 } = waiters;
  const key2 = task.waitSlot >> QUEUE_SHIFT;
  if (key2 < 0 || key2 >= queues.length) return;
  let before3 = NONE;
  for (let wait2 = queues[key2]; wait2 !== NONE; wait2 = next[wait2]) {
    if (tasks2[wait2] === task) {
      if (before3 === NONE) queues[key2] = next[wait2];
      else next[before3] = next[wait2];
      release(waiters, wait2);
      return;
    }
    before3 = wait2;
  }
}
function wakeWaiters(sched, waiters, start2, count2) {
  const end4 = start2 + count2;
  const { queues, next, sole } = waiters;
  if (sole !== null && sole.waitSlot >= start2 && sole.waitSlot < end4) {
    waiters.sole = null;
    sole.waitSlot = -1;
    wakeUp(sched, sole);
  }
  if (waiters.length === 0) return;
  const last = Math.min(end4 - 1 >> QUEUE_SHIFT, queues.length - 1);
  let woken = NONE;
  for (let key2 = start2 >> QUEUE_SHIFT; key2 <= last; key2 += 1) {
    if (queues[key2] !== NONE) woken = takeWaiters(waiters, key2, start2, end4, woken);
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
function takeWaiters({ queues, slot, next, order }, key2, start2, end4, woken) {
  let first = woken;
  let before3 = NONE;
  let wait2 = queues[key2];
  while (wait2 !== NONE) {
    const following = next[wait2];
    if (slot[wait2] >= start2 && slot[wait2] < end4) {
      if (before3 === NONE) queues[key2] = following;
      else next[before3] = following;
      first = insert(next, order, first, wait2);
    } else {
      before3 = wait2;
    }
    wait2 = following;
  }
  return first;
}
function insert(next, order, first, wait2) {
  if (first === NONE || order[wait2] < order[first]) {
    next[wait2] = first;
    return wait2;
  }
  let at2 = first;
  while (next[at2] !== NONE && order[next[at2]] < order[wait2]) at2 = next[at2];
  next[wait2] = next[at2];
  next[at2] = wait2;
  return first;
}
function release(waiters, wait2) {
  const task = waiters.tasks[wait2];
  waiters.tasks[wait2] = null;
  waiters.next[wait2] = waiters.free;
  waiters.free = wait2;
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
  for (let wait2 = size2 - 1; wait2 >= slot.length; wait2 -= 1) {
    waiters.tasks[wait2] = null;
    waiters.next[wait2] = waiters.free;
    waiters.free = wait2;
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
function submit(mm, index, start2, count2) {
  const device = mm.devices[index];
  device.submitted += count2;
  const now = clock(mm.sched);
  if (device.write && merge(device, start2, count2, now)) return;
  if (device.length === device.start.length) grow2(device);
  const at2 = device.head + device.length & device.start.length - 1;
  device.length += 1;
  device.freeAt = servedAt(device, now, count2);
  device.start[at2] = start2;
  device.count[at2] = count2;
  device.doneAt[at2] = device.freeAt + device.latency;
  device.timerAt[at2] = device.doneAt[at2];
  device.timerName[at2] = nameTimer(mm.sched.timers);
  if (device.length === 1) setTimer(mm, device);
}
function setTimer(mm, { index, head, timerAt, timerName }) {
  addDeviceTimer(mm.sched, index, timerAt[head], timerName[head]);
}
function merge(device, start2, count2, now) {
  if (device.length < 2) return false;
  const last = device.head + device.length - 1 & device.start.length - 1;
  const total = device.count[last] + count2;
  const untouched = device.freeAt - device.perRequest - device.count[last] * device.perPage > now;
  if (!untouched || total > MAX_REQUEST || device.start[last] + device.count[last] !== start2) return false;
  device.count[last] = total;
  device.freeAt += count2 * device.perPage;
  device.doneAt[last] = device.freeAt + device.latency;
  return true;
}
function grow2(device) {
  const size2 = device.start.length;
  const start2 = new Int32Array(2 * size2);
  const count2 = new Int32Array(2 * size2);
  const doneAt = new Float64Array(2 * size2);
  const timerAt = new Float64Array(2 * size2);
  const timerName = new Float64Array(2 * size2);
  for (let i = 0; i < device.length; i += 1) {
    const from = device.head + i & size2 - 1;
    start2[i] = device.start[from];
    count2[i] = device.count[from];
    doneAt[i] = device.doneAt[from];
    timerAt[i] = device.timerAt[from];
    timerName[i] = device.timerName[from];
  }
  Object.assign(device, { start: start2, count: count2, doneAt, timerAt, timerName, head: 0 });
}
function deviceTimer(mm, index) {
  const device = mm.devices[index];
  const at2 = device.head;
  if (device.doneAt[at2] > mm.sched.now) {
    addDeviceTimer(mm.sched, index, device.doneAt[at2]);
    return;
  }
  const start2 = device.start[at2];
  const count2 = device.count[at2];
  takeOldest(device);
  if (device.length > 0) setTimer(mm, device);
  device.completed += count2;
  if (index === DISK_READ) mm.core.unlockRun(start2, count2);
  else if (index === DISK_WRITE) diskWriteEnded(mm, start2, count2);
  else if (index === SWAP_WRITE) swapWriteEnded(mm, start2, count2);
  wakeWaiters(mm.sched, device.waiters, start2, count2);
}
function diskWriteEnded(mm, start2, count2) {
  const { slots } = mm.tables;
  const { flags } = mm.frames;
  for (let slot = start2; slot < start2 + count2; slot += 1) {
    if (slots[slot] > 0) flags[slots[slot]] &= ~PG_WRITEBACK;
  }
  mm.kernel.countWriteout(mm, count2);
  writesEnded(mm, count2);
}
function swapWriteEnded(mm, start2, count2) {
  const { frame } = mm.swap;
  for (let entry2 = start2; entry2 < start2 + count2; entry2 += 1) {
    freeFrame(mm, frame[entry2]);
    frame[entry2] = 0;
  }
  writesEnded(mm, count2);
}
function takeOldest(device) {
  const at2 = device.head;
  device.start[at2] = 0;
  device.count[at2] = 0;
  device.doneAt[at2] = 0;
  device.timerAt[at2] = 0;
  device.timerName[at2] = 0;
  device.length -= 1;
  device.head = device.length === 0 ? 0 : at2 + 1 & device.start.length - 1;
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

// src/mm/process.ts
init_units();

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
  for (let tried2 = 0; tried2 < swap.size; tried2 += 1) {
    const entry2 = swap.next;
    swap.next = entry2 === swap.size ? 1 : entry2 + 1;
    if (swap.map[entry2] === 0 && swap.frame[entry2] === 0) {
      swap.map[entry2] = 1;
      swap.used += 1;
      return entry2;
    }
  }
  return 0;
}
function freeSwapEntry(mm, entry2) {
  mm.swap.map[entry2] = 0;
  mm.swap.used -= 1;
}
function writeToSwap(mm, pfn, entry2) {
  const { frames, swap } = mm;
  const slot = frames.slot[pfn];
  mm.tables.slots[slot] = swapContent(entry2);
  swap.slot[entry2] = slot;
  swap.frame[entry2] = pfn;
  frames.slot[pfn] = -1;
  mm.nrWriteback += 1;
  submit(mm, SWAP_WRITE, entry2, 1);
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

// src/mm/real-memory.ts
init_units();

// src/mm/types.ts
var DONE = 0;
var FAILED = 1;
var SUSPENDED = 2;

// src/mm/real-memory.ts
var KINDS = ["anon", "file", "shmem"];
function newRealProcess(mm, name, start2, base) {
  const mapping = (anonymous) => newMapping(mm, name, anonymous).id;
  const mappings = { anon: mapping(true), file: mapping(false), shmem: mapping(true) };
  return { start: start2, seen: base, base, mappings, refused: false, spared: false };
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
  for (let at2 = Math.floor(from / SLOTS_PER_CHUNK); at2 < chunks; at2 += 1) {
    const chunk = mapping.directory[at2];
    if (chunk < 0) continue;
    const first = Math.max(0, from - at2 * SLOTS_PER_CHUNK);
    const last = Math.min(SLOTS_PER_CHUNK, end4 - at2 * SLOTS_PER_CHUNK);
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
init_units();
function keepRate(pace, pagesMoved, rate2) {
  if (rate2 !== null) pace.until = pace.began + Math.floor(pagesMoved * PAGE_SIZE * SECOND / rate2);
}
function tooEarly(mm, task, until2) {
  if (clock(mm.sched) >= until2) return false;
  sleepOn(mm.sched, task, INTERRUPTIBLE, until2);
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
var lengthOf = ({ write: write4, at: at2, pages: pages2 }) => write4 ? 0 : at2 + pages2;
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
  const { block, pages: pages2, at: at2 } = behaviour;
  const blocks = Math.ceil(pages2 / block);
  const first = behaviour.random ? nextBelow(mm.random, blocks) * block : progress.moved;
  mm.kernel.beginCall(file, at2 + first, at2 + Math.min(first + block, pages2));
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
  const at2 = page >> CHUNK_SHIFT;
  if (at2 >= anon.directory.length || anon.directory[at2] < 0) return false;
  const { slots, young } = mm.tables;
  const slot = (anon.directory[at2] << CHUNK_SHIFT) + (page & SLOTS_PER_CHUNK - 1);
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
function touchPage(mm, task, write4, progress) {
  const { page } = progress;
  if (page >= task.anonPages) return touchMapped(mm, task, write4, progress);
  return mm.kernel.anonymousFault(mm, task, slotOf(mm, anonMapping(mm, task), page));
}
function touchMapped(mm, task, write4, progress) {
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
  if (write4) setPageDirty(mm, mapping, slot, mm.tables.slots[slot]);
  return DONE;
}

// src/task/trace.ts
init_behaviour();
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
  const { batch: rest3, at: at2 } = progress;
  progress.batch = rest3 === null || at2 === rest3.time.length ? batch2 : joined(rest3, at2, batch2);
  progress.first += at2;
  progress.at = 0;
  progress.last = last;
  if (names.length > progress.names.length) progress.names = [...names];
}
function joined(rest3, at2, more) {
  const kept = rest3.time.length - at2;
  const length = kept + more.time.length;
  return {
    time: join(new Float64Array(length), rest3.time.subarray(at2), more.time),
    file: join(new Int32Array(length), rest3.file.subarray(at2), more.file),
    page: join(new Float64Array(length), rest3.page.subarray(at2), more.page),
    count: join(new Int32Array(length), rest3.count.subarray(at2), more.count),
    op: join(new Uint8Array(length), rest3.op.subarray(at2), more.op)
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
    const { at: at2 } = progress;
    if (at2 === batch2.time.length) return FINISHED;
    if (!progress.calling) {
      if (!behaviour.asap && tooEarly(mm, task, progress.began + batch2.time[at2])) return PAUSED;
      left2 = readPlain(mm, task, behaviour, progress, batch2, left2);
      if (progress.at > at2) continue;
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
  const number2 = file[first];
  const mapping = files4[number2]?.mapping;
  if (mapping === void 0) {
    window[0] = ABSENT;
    return 1;
  }
  const { directory: directory2 } = mapping;
  const end4 = Math.min(mapping.length, nearPages(directory2));
  let at2 = first;
  for (; at2 < most && file[at2] === number2; at2 += 1) {
    const plain = page[at2] < end4 && count2[at2] === 1 && op[at2] === READ;
    window[at2 - first] = plain ? findNearSlot(directory2, page[at2]) : ABSENT;
  }
  return at2 - first;
}
function doRecord(mm, task, behaviour, progress, batch2) {
  const { at: at2 } = progress;
  const end4 = pageOf(batch2, at2) + batch2.count[at2];
  const number2 = batch2.file[at2];
  const file = progress.files[number2] ?? mm.kernel.openFile(fileMapping(mm, nameOf(behaviour, progress, number2), end4), false);
  progress.files[number2] = file;
  const { mapping } = file;
  const op = batch2.op[at2];
  if (op === TRUNCATE || op === DROP) {
    mm.sched.cost += mm.costs.syscall;
    if (op === TRUNCATE) truncateMapping(mm, mapping, pageOf(batch2, at2));
    else invalidateMapping(mm, mapping, pageOf(batch2, at2), end4);
    return DONE;
  }
  if (mapping.length < end4) mapping.length = end4;
  if (!progress.calling) {
    beginCall2(mm, mapping, file, batch2, at2);
    progress.calling = true;
  }
  const { kernel } = mm;
  return op === WRITE ? kernel.genericFileWrite(mm, task, file) : kernel.genericFileRead(mm, task, file);
}
var pageOf = ({ page }, at2) => Math.trunc(page[at2]);
var nameOf = (behaviour, { names }, file) => names[file] || (file === 0 ? behaviour.file : `${behaviour.file}.${file}`);
function beginCall2(mm, mapping, file, batch2, at2) {
  const first = pageOf(batch2, at2);
  const end4 = first + batch2.count[at2];
  mm.kernel.beginCall(file, first, end4);
  file.previous = -1;
  mm.sched.cost += mm.costs.syscall;
  const slot = findSlot(mapping, first);
  const missing2 = slot < 0 || mm.tables.slots[slot] <= 0 || batch2.count[at2] > 1;
  if (missing2 && batch2.op[at2] === READ) mm.kernel.readExactly(file, first, end4);
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
init_errno();
init_text();
var O_RDONLY = 0;
var O_WRONLY = 1;
var O_RDWR = 2;
var O_CREAT = 64;
var O_EXCL = 128;
var O_TRUNC = 512;
var O_APPEND = 1024;
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
function read(fs, fd, count2, at2) {
  const handle = handleOf(fs, fd);
  if (!handle.ok) return handle;
  const file = handle.value;
  if (at2 !== null && at2 < 0) return refuse("EINVAL", "an offset is not negative");
  const driver = file.file === null ? null : driverOf(fs, file.cgroup, file.file);
  if (at2 !== null && driver?.snapshot === "read") return refuse("ESPIPE", NO_PREAD);
  if (!file.readable) return refuse("EBADF", "the file is not open for reading");
  if (driver === null) return refuse("EISDIR", "a cgroup is no file");
  const offset = at2 ?? file.offset;
  const fault3 = offset === 0 && !file.cgroup.removed ? faultOf(fs, file.cgroup, driver.name, "read") : null;
  if (fault3 !== null) return fault3;
  const text = textOf(fs, file, driver);
  if (!text.ok) return text;
  const bytes2 = encodeText(text.value).subarray(offset, offset + Math.max(0, count2));
  if (at2 === null) file.offset += bytes2.length;
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
function write(fs, fd, data, at2, writer) {
  const handle = handleOf(fs, fd);
  if (!handle.ok) return handle;
  const { cgroup, file, writable } = handle.value;
  if (at2 !== null && at2 < 0) return refuse("EINVAL", "an offset is not negative");
  const driver = file === null ? null : driverOf(fs, cgroup, file);
  const sequence = driver?.snapshot === "read";
  if (at2 !== null && sequence) return refuse("ESPIPE", NO_PREAD);
  if (!writable || driver === null) return refuse("EBADF", "the file is not open for writing");
  if (cgroup.removed && !sequence) return refuse("ENODEV", "the cgroup was removed");
  const answer2 = writeFile(driver, fs, cgroup, data, writer);
  const taken = "wait" in answer2 || answer2.ok;
  if (taken && at2 === null && fs.controller.traits.writesMove) handle.value.offset += data.length;
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
init_errno();
init_text();
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
  read(open3, count2, offset) {
    const { fs } = this.#state;
    const driver = open3.file === null ? null : driverOf(fs, open3.cgroup, open3.file);
    if (driver === null) return refuse("EISDIR", "a cgroup is no file");
    if (!open3.readable) return refuse("EBADF", "the file is not open for reading");
    if (driver.snapshot === "read" && offset !== open3.offset) open3.snapshot = null;
    const text = textOf(fs, open3, driver);
    if (!text.ok) return text;
    const bytes2 = encodeText(text.value).subarray(offset, offset + count2);
    open3.offset = offset + bytes2.length;
    return done(bytes2);
  }
  /** What write(2) answers for an open file of a cgroup that was removed. */
  refusalOfRemoved({ cgroup, file }) {
    const driver = file === null ? null : driverOf(this.#state.fs, cgroup, file);
    return driver?.snapshot === "read" ? "EINVAL" : "ENODEV";
  }
};

// src/fs/cgroup.ts
init_errno();
function newCgroupfs(mm, controller, extras) {
  const memcg = controller.create(mm, "/", null);
  const root2 = {
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
  const cgroups = /* @__PURE__ */ new Map([[root2.id, root2]]);
  return {
    mm,
    controller,
    root: root2,
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
  const refused2 = fs.controller.mayMake(fs.mm, parent.memcg, name);
  if (refused2 !== null) return refused2;
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
  const moved2 = source.value.found;
  if (moved2 === null) return refuse("ENOENT", `there is no ${from}`);
  if (moved2.file !== null && (source.value.slash || target.value.slash)) {
    return refuse("ENOTDIR", `${moved2.file.name} is a file`);
  }
  return cgroupRename(fs, moved2, source.value, target.value, who);
}
function cgroupRename(fs, moved2, source, target, who) {
  const { cgroup } = moved2;
  const onto = target.found;
  const directory2 = moved2.file === null;
  if (directory2 && holds(cgroup, target.parent)) return refuse("EINVAL", "a directory can not hold itself");
  if (onto?.file === null && onto.cgroup !== cgroup && holds(onto.cgroup, source.parent)) {
    return refuse("ENOTEMPTY", "the target holds the source");
  }
  if (onto?.cgroup === cgroup && onto.file === moved2.file) return OK;
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
  for (let at2 = inner; at2 !== null; at2 = at2.parent) if (at2 === outer) return true;
  return false;
}
function renamePaths(cgroup, path) {
  cgroup.memcg.path = path;
  for (const child of cgroup.children) renamePaths(child, `${path}/${child.name}`);
}

// src/machine/hand.ts
init_errno();
init_units();
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

// src/machine/list-strips.ts
init_units();

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
    for (let at2 = block << BLOCK_SHIFT; at2 < block + 1 << BLOCK_SHIFT && i < pages2.length; at2 += 1) {
      if (lists.pfn[at2] !== 0) pages2[i++] = lists.pfn[at2];
    }
  }
  return pages2;
}
function youngestPages(lists, list, count2) {
  const pages2 = new Int32Array(Math.min(count2, lists.length[list]));
  let block = lists.end[list] - 1 >> BLOCK_SHIFT;
  for (let i = 0; i < pages2.length; block = lists.older[block]) {
    for (let at2 = (block << BLOCK_SHIFT) + OFFSET2; at2 >= block << BLOCK_SHIFT && i < pages2.length; at2 -= 1) {
      if (lists.pfn[at2] !== 0) pages2[i++] = lists.pfn[at2];
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
      const flag2 = flags[pfn];
      if ((flag2 & (PG_REFERENCED | PG_YOUNG)) !== 0 || young[slot[pfn]] !== 0) counted.referenced += 1;
      if ((flag2 & PG_DIRTY) !== 0) counted.dirty += 1;
      if ((flag2 & PG_ANON) !== 0) counted.anon += 1;
    }
    cells.push(counted);
  }
  return cells;
}

// src/machine/looks.ts
init_units();

// src/fs/cgroup-files.ts
init_errno();
init_text();
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
  const value2 = BigInt.asIntN(32, BigInt(match[2]));
  return Number(match[1] === "-" ? BigInt.asIntN(32, -value2) : value2);
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

// src/linux-2.6.26/files/extra-files.ts
init_errno();

// src/kernel/histogram.ts
init_units();
var SUB_BITS = 4;
var SUB = 1 << SUB_BITS;
var newHistogram = () => ({
  count: 0,
  total: TIME_0,
  max: TIME_0,
  first: 0,
  buckets: []
});
function record(histogram, value2) {
  const bucket = bucketOf(value2);
  const { buckets } = histogram;
  if (buckets.length === 0) histogram.first = bucket;
  for (; histogram.first > bucket; histogram.first -= 1) buckets.unshift(0);
  const at2 = bucket - histogram.first;
  while (buckets.length <= at2) buckets.push(0);
  buckets[at2] += 1;
  histogram.count += 1;
  histogram.total += value2;
  if (value2 > histogram.max) histogram.max = value2;
}
function percentile(histogram, share) {
  if (histogram.count === 0) return 0;
  const rank = Math.max(1, Math.ceil(share * histogram.count));
  let seen = 0;
  for (let at2 = 0; at2 < histogram.buckets.length; at2 += 1) {
    seen += histogram.buckets[at2];
    if (seen >= rank) return Math.min(upperBound(histogram.first + at2), histogram.max);
  }
  return histogram.max;
}
function bucketOf(value2) {
  if (value2 < SUB) return Math.max(0, Math.floor(value2));
  let exponent = 0;
  let scaled = value2;
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
init_units();
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
init_units();
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
var THOUSANDS_UNITS = ["", "k", "M", "G", "T", "P"];
function compact(value2) {
  const rounded = value2 < 10 && value2 > 0 ? Number(value2.toFixed(1)) : Math.round(value2);
  if (rounded < 1e4)
    return rounded === 0 && value2 > 0 ? "<0.1" : Number.isInteger(rounded) ? count(rounded) : `${rounded}`;
  let unit = 1;
  let scaled = value2 / 1e3;
  while (scaled >= 999.5 && unit < THOUSANDS_UNITS.length - 1) {
    scaled /= 1e3;
    unit += 1;
  }
  return `${Number(scaled.toPrecision(3))}${THOUSANDS_UNITS[unit]}`;
}
function sizeUnit(bytes2) {
  const size2 = BigInt(bytes2);
  if (size2 < 1n << 10n) return 0;
  if (size2 < 1n << 20n) return 1;
  if (size2 < 1n << 30n) return 2;
  return size2 < 1n << 40n ? 3 : 4;
}
function size(bytes2, unit = sizeUnit(bytes2)) {
  const whole2 = BigInt(bytes2);
  const scale = 1n << BigInt(unit * 10);
  const letter = SIZE_UNITS[unit];
  if (whole2 % scale === 0n) return `${count(whole2 / scale)}${letter}`;
  const value2 = Number(whole2) / Number(scale);
  if (value2 < 0.05) return size(whole2);
  if (value2 * 10 % 1 === 0) return `${fixed(value2, 1)}${letter}`;
  return `${fixed(value2, value2 < 9.995 ? 2 : 1)}${letter}`;
}
function exactSize(bytes2) {
  if (bytes2 === LLONG_MAX) return "unset";
  for (const unit of [3n, 2n, 1n]) {
    const scale = 1n << 10n * unit;
    if (bytes2 !== 0n && bytes2 % scale === 0n) return `${bytes2 / scale}${SIZE_UNITS[Number(unit)]}`;
  }
  return `${bytes2}`;
}
var markSize = (bytes2) => bytes2 > LLONG_MAX - BigInt(PAGE_SIZE) && bytes2 <= LLONG_MAX + 1n ? "unset" : size(bytes2);
function fixed(value2, decimals) {
  const [whole2 = "", fraction] = value2.toFixed(decimals).split(".");
  return fraction === void 0 ? count(BigInt(whole2)) : `${count(BigInt(whole2))}.${fraction}`;
}
function shortDuration(ns2) {
  if (ns2 === 0) return "0s";
  if (ns2 < MINUTE) return inOneUnit(ns2, "");
  const whole2 = Math.round(ns2 / 1e9);
  return `${whole2 < 1e5 ? whole2 : compact(whole2)}s`;
}
var MINUTE = 5995e7;
function inOneUnit(ns2, gap) {
  const unit = TIME_UNITS.findLast((each) => Number((ns2 / each.ns).toPrecision(3)) < 1e3) ?? TIME_UNITS[0];
  return `${Number((ns2 / unit.ns).toPrecision(3))}${gap}${unit.name}`;
}
function percent(fraction, gap = " ") {
  const sign = fraction < 0 ? "-" : "";
  const value2 = Math.abs(fraction) * 100;
  const text = value2 > 0 && value2 < 0.05 ? "<0.1" : value2 < 100 && value2 >= 99.5 ? fixed(Math.min(99.9, value2), 1) : value2 < 9.95 ? `${Number(value2.toFixed(1))}` : count(Math.round(value2));
  return `${sign}${text}${gap}%`;
}

// src/linux-2.6.26/memcontd.ts
init_units();

// src/linux-2.6.26/res-counter.ts
init_errno();
init_units();
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
  const whole2 = mark4 >> BigInt(PAGE_SHIFT);
  return whole2 > BigInt(UNSET_PAGES) ? UNSET_PAGES : pages(Number(whole2));
}
function resCounterState(counter, neverOverLimit) {
  const { usage: usage4 } = counter;
  if (usage4 <= counter.lowPages) return BELOW_LOW;
  if (usage4 <= counter.highPages) return BELOW_HIGH;
  if (usage4 <= counter.limitPages || neverOverLimit) return BELOW_LIMIT;
  return OVER_LIMIT;
}
function setMark(counter, mark4, value2, wmarks) {
  const broken = wmarks ? brokenRule(counter, mark4, value2) : null;
  if (broken !== null) return refuse("EINVAL", broken);
  if (mark4 === "limit") {
    counter.limit = value2;
    counter.limitPages = wholePages(value2);
  } else if (mark4 === "high") {
    counter.high = value2;
    counter.highPages = wholePages(value2);
  } else {
    counter.low = value2;
    counter.lowPages = wholePages(value2);
  }
  return null;
}
function brokenRule(counter, mark4, value2) {
  const { limit: limit3, high: high4, low: low3 } = counter;
  const is2 = exactSize(value2);
  if (mark4 === "limit" && high4 > value2) {
    return `${is2} is below high_wmark_in_bytes (${exactSize(high4)}): lower low, then high, then the limit`;
  }
  if (mark4 === "high" && value2 < low3) {
    return `${is2} is below low_wmark_in_bytes (${exactSize(low3)}): lower low_wmark_in_bytes first`;
  }
  if (mark4 === "high" && value2 > limit3) {
    return `${is2} is above limit_in_bytes (${exactSize(limit3)}): raise the limit first`;
  }
  if (mark4 === "low" && value2 > high4) {
    return `${is2} is above high_wmark_in_bytes (${exactSize(high4)}): raise high_wmark_in_bytes first`;
  }
  return null;
}

// src/linux-2.6.26/vmscan.ts
init_units();

// src/mm/nap.ts
init_units();
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
init_units();
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
  const missing2 = count2 - res.usage;
  res.usage = pages(Math.max(0, -missing2));
  for (let i = 0; i < missing2; i += 1) {
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

// src/linux-2.6.26/page-writeback.ts
init_units();

// src/mm/writeback.ts
init_units();
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
  let at2 = Math.floor(mapping.writebackPage / SLOTS_PER_CHUNK);
  let offset = mapping.writebackPage % SLOTS_PER_CHUNK;
  for (let visited = 0; visited <= chunks && written < most && mapping.nrDirty > 0; visited += 1) {
    if (at2 >= chunks) {
      at2 = 0;
      offset = 0;
    }
    const chunk = mapping.directory[at2];
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
    at2 += 1;
    offset = 0;
  }
  mapping.writebackPage = at2 * SLOTS_PER_CHUNK + offset;
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
    const entry2 = addToSwap(mm);
    if (entry2 === 0) return activate(mm, pfn);
    mm.sched.cost += mm.costs.unmap + mm.costs.pageout;
    swapOut(mm, pfn, entry2);
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
function swapOut(mm, pfn, entry2) {
  const { frames } = mm;
  const memcg = memcgOf(mm, frames.memcg[pfn]);
  memcg.stat.swapOut += 1;
  memcg.stat.writebackPages += 1;
  unaccount(mm, pfn);
  writeToSwap(mm, pfn, entry2);
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

// src/linux-2.6.26/files/memory-files.ts
init_errno();

// src/kernel/memparse.ts
init_text();
init_units();
var U64 = (1n << 64n) - 1n;
var SUFFIX_SHIFT = { k: 10n, K: 10n, m: 20n, M: 20n, g: 30n, G: 30n };
var isSpace = (byte) => byte === 32 || byte >= 9 && byte <= 13 || byte === 160;
function parseWrittenSize(data) {
  const nul = data.indexOf(0);
  let end4 = nul < 0 ? data.length : nul;
  while (end4 > 0 && isSpace(data[end4 - 1])) end4 -= 1;
  const { value: value2, length } = parseUnsigned(data, end4);
  const suffix = length < end4 ? SUFFIX_SHIFT[String.fromCharCode(data[length])] : void 0;
  if (length + (suffix === void 0 ? 0 : 1) !== end4) return null;
  return roundUpToPage(value2 << (suffix ?? 0n) & U64);
}
function parsePageCounter(data, max4) {
  const text = strip2(data);
  if (decodeText(text) === max4) return bytes(PAGE_COUNTER_BYTES);
  const { value: value2, length } = parseUnsigned(text, text.length);
  const suffix = length < text.length ? "kmgtpe".indexOf(String.fromCharCode(text[length] | 32)) : -1;
  if (length + (suffix < 0 ? 0 : 1) !== text.length) return null;
  const size2 = value2 << BigInt(10 * (suffix + 1)) & U64;
  const down = size2 >> BigInt(PAGE_SHIFT) << BigInt(PAGE_SHIFT);
  return bytes(down < PAGE_COUNTER_BYTES ? down : PAGE_COUNTER_BYTES);
}
var PAGE_COUNTER_BYTES = 9223372036854771712n;
function kstrtoint(data) {
  const text = strip2(data);
  const negative = text[0] === 45;
  const digits2 = negative || text[0] === 43 ? text.subarray(1) : text;
  const { value: value2, length, overflow } = parseUnsigned(digits2, digits2.length);
  if (overflow) return "ERANGE";
  if (digits2.length === 0 || length !== digits2.length) return "EINVAL";
  if (value2 > INT_MAX) return "ERANGE";
  return negative ? -Number(value2) : Number(value2);
}
function parseInteger(data) {
  const value2 = kstrtoint(data);
  return typeof value2 === "number" ? value2 : null;
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
  let at2 = 0;
  if (end4 > 0 && data[0] === 48) {
    base = 8;
    at2 = 1;
    if (end4 > 2 && (data[1] | 32) === 120 && digit(data[2]) < 16) {
      base = 16;
      at2 = 2;
    }
  }
  let value2 = 0n;
  let overflow = false;
  while (at2 < end4 && digit(data[at2]) < base) {
    const whole2 = value2 * BigInt(base) + BigInt(digit(data[at2]));
    value2 = whole2 & U64;
    overflow ||= whole2 > U64;
    at2 += 1;
  }
  return { value: value2, length: at2, overflow };
}
function digit(byte) {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 32;
  return lower >= 97 && lower <= 102 ? lower - 97 + 10 : 99;
}
function roundUpToPage(value2) {
  const up = value2 + BigInt(PAGE_SIZE - 1) & U64;
  return bytes(up >> BigInt(PAGE_SHIFT) << BigInt(PAGE_SHIFT));
}

// src/linux-2.6.26/files/memory-files.ts
init_units();

// src/linux-2.6.26/force-empty.ts
init_errno();
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

// src/linux-2.6.26/policy/policy.ts
init_units();

// src/linux-2.6.26/daemon.ts
init_units();
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
var knob = (name, value2) => ({
  file: `memory.${name}`,
  value: `${value2}`
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
  const value2 = parseWrittenSize(data);
  if (value2 === null) return refuse("EINVAL", SIZE_RULE);
  const refused2 = setMark(memcg.res, mark4, value2, mm.own.wmarks);
  if (refused2 === null) placeMarks(mm, memcg);
  return refused2 ?? OK;
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
    Object.entries(reclaimStat(memcg)).map(([name, value2]) => `${name} ${value2 ?? "unknown"}
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

// src/linux-2.6.26/policy/alinux.ts
init_errno();
init_units();

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
var inPages = (value2) => bytes(value2 - value2 % BigInt(PAGE_SIZE));
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
    const value2 = parseInteger(data);
    if (value2 === null || value2 < least || value2 > most)
      return refuse("EINVAL", `${facts.name} is a whole number from ${least} to ${most}`);
    own(memcg)[key2] = value2;
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
var within = (value2, least, most) => Math.min(most, Math.max(least, Math.round(value2)));
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
init_errno();
init_units();
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
    const value2 = parseWrittenSize(data);
    if (parent === null) return refuse("EINVAL", "the root has no watermarks");
    if (value2 === null) return refuse("EINVAL", "a distance is a size below the limit");
    if (value2 >= limit3)
      return refuse("EINVAL", `${exactSize(value2)} is not below limit_in_bytes (${exactSize(limit3)})`);
    const rule = broken(state, value2);
    if (rule !== null) return refuse("EINVAL", rule);
    state[key2] = value2;
    placeMarks(mm, memcg);
    return OK;
  }
});
var tooNear = ({ lowDistance: low3 }, value2) => value2 < low3 || low3 !== 0n && value2 === low3 ? `${exactSize(value2)} is not above low_wmark_distance (${exactSize(low3)}): lower that first` : null;
var tooFar = ({ highDistance: high4 }, value2) => value2 > high4 || high4 !== 0n && value2 === high4 ? `${exactSize(value2)} is not below high_wmark_distance (${exactSize(high4)}): raise that first` : null;
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
    const stop2 = pages(Math.max(1, Math.min(low3, high4 - 1)));
    return [
      limitKnob(marks),
      distanceKnob("high_wmark_distance", limit3, stop2),
      distanceKnob("low_wmark_distance", limit3, high4 > stop2 ? high4 : limit3)
    ];
  }
};

// src/linux-2.6.26/policy/memory-high.ts
init_errno();
init_units();

// src/linux-2.6.26/files/memory-reclaim.ts
init_errno();

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
var showCounter = (value2) => value2 === PAGE_COUNTER_MAX ? "max\n" : `${value2}
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
    const value2 = parsePageCounter(data, "");
    if (value2 === null) return refuse("EINVAL", COUNTER_RULE);
    return { wait: "reclaim", cgroup, asked: ask(wholePages(value2)), strict: true };
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
function sleep(mm, task, until2) {
  sleepOn(mm.sched, task, INTERRUPTIBLE, until2);
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
    const value2 = parsePageCounter(data, "max");
    if (value2 === null) return refuse("EINVAL", COUNTER_RULE);
    own3(memcg).high = value2;
    placeMarks(mm, memcg);
    const above = wholePages(value2);
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
    const at2 = wholePages(high4);
    return high4 === PAGE_COUNTER_MAX ? null : { start: at2, stop: at2 };
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
init_errno();
init_units();
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
    const value2 = parsePageCounter(data, "max");
    if (value2 === null) return refuse("EINVAL", COUNTER_RULE);
    own4(memcg)[key2] = value2;
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
    const value2 = parsePageCounter(data, "max");
    if (value2 === null) return refuse("EINVAL", COUNTER_RULE);
    if (value2 < PAGE_SIZE || value2 > MAX_BATCH) return refuse("EINVAL", "a batch is 4K to 32M");
    own4(memcg).batch = value2;
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
    const value2 = parseInteger(data);
    if (value2 === null || value2 < 1 || value2 > MAX_INTERVAL)
      return refuse("EINVAL", `an interval is 1 to ${MAX_INTERVAL} ms`);
    own4(memcg).interval = value2;
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
    const { start: start2, target } = own4(memcg);
    if (start2 === PAGE_COUNTER_MAX) return null;
    return { start: wholePages(start2), stop: wholePages(target < start2 ? target : start2) };
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
init_errno();
init_text();
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
    const word2 = decodeText(data).replace(/[\t-\r ]+$/, "");
    if (word2 === "start") {
      startDaemon(mm, cgroup.memcg, THREAD);
      return OK;
    }
    if (word2 !== "stop") return refuse("EINVAL", "write start or stop");
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
function insteadOf(name, here, isThere3) {
  const pair = PAIRS.find((each) => each[2 - here] === name && isThere3(each[here - 1]));
  return pair === void 0 ? "" : `: it is of version ${3 - here}: here it is ${pair[here - 1]}`;
}

// src/linux-2.6.26/controller.ts
init_errno();

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
  insteadOf: (mm, memcg, name) => insteadOf(name, 1, (one2) => CONTROLLER.files(mm, memcg, true).some((file) => file.name === one2)),
  holdsBack: ({ leakedRefs }) => leakedRefs > 0 ? refuse("EBUSY", "a reference is short since a refused force_empty (erratum)") : null,
  remove: (mm, { id }) => {
    mm.memcgs[id] = null;
  },
  files: (mm, { id }, extras) => CONTROLLER.possibleFiles(mm, id === ROOT_MEMCG, extras),
  possibleFiles: ({ own: { policy } }, root2, extras) => DIRECTORIES[policy][root2 ? "root" : "below"][extras ? "withExtras" : "listed"],
  allFiles: ({ own: { policy } }) => DIRECTORIES[policy].numbered
};
function directory(name, place2) {
  const policy = policyNamed(name);
  const here = ({ where }) => where === void 0 || where === place2;
  const listed2 = [...CGROUP_FILES, ...memoryFiles(policy)].filter(here).reverse();
  return { listed: listed2, withExtras: [...listed2, ...extraFiles(policy).filter(here)] };
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

// src/linux-2.6.26/kernel.ts
init_units();

// src/linux-2.6.26/charge.ts
init_units();

// src/linux-2.6.26/oom.ts
init_units();
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
function beginBatch(ra, start2, size2, lookahead) {
  const end4 = Math.min(start2 + size2, ra.mapping.length);
  ra.batchNext = start2;
  ra.batchEnd = Math.max(start2, end4);
  ra.batchMarker = lookahead > 0 ? start2 + size2 - lookahead : -1;
}
function readExactly(ra, start2, end4) {
  ra.batchNext = start2;
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
  const at2 = ra.batchMarker - ra.batchNext;
  if (at2 >= 0 && at2 < count2) mm.frames.flags[mm.tables.slots[slot + at2]] |= PG_READAHEAD;
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
init_units();
function beginAlone(mm, task, calls) {
  const { sched, costs } = mm;
  const { loneTimes: times, loneCounts: counts } = mm.core;
  const disk = mm.devices[DISK_READ];
  const cpu = sched.cpus[task.cpu];
  const until2 = aloneUntil(sched, task);
  if (until2 < 0 || disk.length > 0 || task.overHigh !== null) return false;
  const memcg = memcgOf(mm, task.memcg);
  const { usage: usage4, highPages, limitPages } = memcg.res;
  times[NOW] = sched.now;
  times[CPU_NOW] = cpu.now;
  times[SUM_EXEC] = task.sumExec;
  times[VRUNTIME] = task.vruntime;
  times[MIN_VRUNTIME] = sched.minVruntime;
  times[FREE_AT] = disk.freeAt;
  times[UNTIL] = until2;
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
    const entry2 = swapEntryOf(content);
    mm.sched.cost += mm.costs.fault;
    task.faultStage = SWAP_READ_DONE;
    submit(mm, SWAP_READ, entry2, 1);
    waitFor(mm, task, SWAP_READ, entry2);
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
function newOwn(options2) {
  const policy = policyIn(options2);
  return {
    errata: errataOf(options2.errata),
    policy,
    wmarks: policy === RFC.name,
    reclaimd: options2.reclaimd,
    dirtied: 0,
    dirtyExceeded: false,
    writeout: { events: 0, total: 0 }
  };
}
var FIGURE_NAMES = new Map(
  POLICIES.map((name) => {
    const { start: start2, stop: stop2 } = policyNamed(name);
    return [
      name,
      {
        usage: { title: "usage", file: "usage_in_bytes" },
        peak: { title: "max", file: "max_usage_in_bytes" },
        limit: { title: "limit", name: "limit", file: "limit_in_bytes" },
        high: start2 && { title: "start at", name: start2.name, file: start2.file },
        low: stop2 && { title: "stop at", name: stop2.name, file: stop2.file },
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
function figureNames(options2) {
  const names = FIGURE_NAMES.get(policyIn(options2));
  if (names === void 0) throw new Error(`no policy ${options2.policy}`);
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

// src/linux-6.1/controller.ts
init_errno();

// src/linux-6.1/cgroup.ts
init_errno();
var CONTROLLERS = ["cpu", "io", "memory", "pids"];
var bitOf = (controller) => {
  const at2 = CONTROLLERS.indexOf(controller);
  return at2 < 0 ? 0 : 1 << at2;
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
  let at2 = cgroup;
  while (isThreaded(at2) && at2.parent !== null) at2 = at2.parent;
  return at2;
}
var canBeThreadRoot = (cgroup) => cgroup.parent === null || !isThreaded(cgroup) && !cgroup.children.some((child) => !isThreaded(child) && isPopulated(child)) && domainControl(cgroup) === 0;
var isThreadRoot = (cgroup) => !isThreaded(cgroup) && (cgroup.children.some(isThreaded) || hasTasks(cgroup) && (cgroup.memcg.cgroup.subtreeControl & THREADED) !== 0);
function isValidDomain(cgroup) {
  if (isThreaded(cgroup)) return false;
  for (let at2 = cgroup.parent; at2 !== null; at2 = at2.parent)
    if (isThreaded(at2) || at2.parent !== null && isThreadRoot(at2)) return false;
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

// src/linux-6.1/files/cgroup-files.ts
init_errno();

// src/linux-6.1/tree.ts
var parentOf = (mm, { parent }) => parent === 0 ? null : memcgOf(mm, parent);
var memCgroupFromTask = (mm, { memcg }) => memcgOf(mm, memcgOf(mm, memcg).effective);
var isRoot = ({ parent }) => parent === 0;
function isBelow(mm, id, above) {
  for (let at2 = mm.memcgs[id] ?? null; at2 !== null; at2 = parentOf(mm, at2)) if (at2 === above) return true;
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
  for (let at2 = memcg; at2 !== null && !isRoot(at2); at2 = parentOf(mm, at2))
    at2.cgroup.pidsPeak = Math.max(at2.cgroup.pidsPeak, nrTasksBelow(mm, at2));
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

// src/linux-6.1/subtree-control.ts
init_errno();

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
  for (let at2 = counter; at2 !== null; at2 = at2.parent) {
    const usage4 = at2.usage + pages2;
    if (usage4 > at2.max) {
      for (let under = counter; under !== at2 && under.parent !== null; under = under.parent) {
        setUsage(under, under.usage - pages2);
      }
      return at2;
    }
    setUsage(at2, usage4);
    if (usage4 > at2.watermark) at2.watermark = usage4;
  }
  return null;
}
function chargeCounter(counter, pages2) {
  for (let at2 = counter; at2 !== null; at2 = at2.parent) {
    setUsage(at2, at2.usage + pages2);
    if (at2.usage > at2.watermark) at2.watermark = at2.usage;
  }
}
function unchargeCounter2(counter, pages2) {
  for (let at2 = counter; at2 !== null; at2 = at2.parent) setUsage(at2, at2.usage - pages2);
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
  const whole2 = Math.max(usage4, protection);
  return Math.max(size2 - Math.floor(size2 * protection / (whole2 + 1)), SWAP_CLUSTER_MAX);
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
      const whole2 = balance[0] + balance[1];
      const share = scan * balance[kind];
      scan = memcg.online || balance[0] === 0 ? Math.floor(share / whole2) : Math.ceil(share / whole2);
    }
    counts.push(scan);
  }
  return counts;
}
function noteCost(mm, memcg, node, kind, pages2) {
  for (let at2 = memcg; at2 !== null; at2 = at2.parent === 0 ? null : mm.memcgs[at2.parent]) {
    const { cost } = at2.lruvecs[node];
    cost[kind] += pages2;
    const size2 = lruState(mm, at2, node, INACTIVE_ANON) + lruState(mm, at2, node, ACTIVE_ANON) + lruState(mm, at2, node, INACTIVE_FILE) + lruState(mm, at2, node, ACTIVE_FILE);
    if (cost[0] + cost[1] <= Math.floor(size2 / 4)) continue;
    cost[0] = Math.floor(cost[0] / 2);
    cost[1] = Math.floor(cost[1] / 2);
  }
}

// src/linux-6.1/workingset.ts
var AGE = 2147483647;
function ageNonresident(mm, memcg, node) {
  for (let at2 = memcg; at2 !== null; at2 = mm.memcgs[at2.parent]) {
    at2.lruvecs[node].nonresidentAge += 1;
    if (at2.parent === 0) return;
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
function swapEviction(mm, target, memcg, pfn, entry2) {
  const bits = mm.frames.flags[pfn];
  const node = bits >> NODE_SHIFT;
  const { swapMemcg, swapAge } = mm.own;
  swapMemcg[entry2] = memcg.id;
  swapAge[entry2] = (target.lruvecs[node].nonresidentAge & AGE) << 1 | ((bits & PG_WORKINGSET) === 0 ? 0 : 1);
  ageNonresident(mm, target, node);
}
var shadowIn = ({ tables: { slots, ages } }, slot) => ({
  content: slots[slot],
  age: ages[slot]
});
function workingsetRefault(mm, pfn, { content, age }) {
  if (content < 0 && !isSwapped(content)) refault(mm, pfn, -1 - content, age);
}
function swapRefault(mm, pfn, entry2) {
  refault(mm, pfn, mm.own.swapMemcg[entry2], mm.own.swapAge[entry2]);
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
  const tree2 = treeOf2(xarrays, mapping);
  if (tree2.height < 0 && page === 0) {
    tree2.height = 0;
    return true;
  }
  let need = 1;
  while (page >= 2 ** (SHIFT * need)) need += 1;
  for (let height = tree2.height; height >= 0 && height < need; height += 1) {
    if (!charge()) return false;
    if (height === 0) xarrays.owner[leafOf(slotOfPage0(mapping))] = memcg.id;
    else tree2.inner.set(key(height, 0), { owner: memcg.id, children: 1 });
    tree2.height = height + 1;
  }
  if (tree2.height < 0) tree2.height = need;
  for (let level = tree2.height - 1; level >= 1; level -= 1) {
    const at2 = key(level, numberAt(page, level));
    if (tree2.inner.has(at2)) continue;
    if (!charge()) return false;
    tree2.inner.set(at2, { owner: memcg.id, children: 0 });
    countChild(tree2, level + 1, page);
  }
  const leaf = leafOf(slot);
  if (xarrays.owner[leaf] > 0) return true;
  if (!charge()) return false;
  xarrays.owner[leaf] = memcg.id;
  countChild(tree2, 1, page);
  return true;
}
var key = (level, number2) => level * LEVEL + number2;
var numberAt = (page, level) => Math.floor(page / 2 ** (SHIFT * (level + 1)));
var slotOfPage0 = ({ directory: directory2 }) => directory2[0] << CHUNK_SHIFT;
function treeOf2({ trees }, { id }) {
  const known = trees.get(id);
  if (known !== void 0) return known;
  const made = { height: -1, inner: /* @__PURE__ */ new Map() };
  trees.set(id, made);
  return made;
}
function countChild(tree2, level, page) {
  const above = tree2.inner.get(key(level, numberAt(page, level)));
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
  for (let at2 = first; at2 < first + 2 ** SHIFT; at2 += 1) {
    if (mm.tables.slots[at2] === 0) continue;
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
  const tree2 = trees.get(id);
  if (tree2 === void 0) return;
  if (owner[leaf] === 0) {
    if (tree2.height === 0 && directory2[0] === slot >> CHUNK_SHIFT && (slot & SLOTS_PER_CHUNK - 1) === 0)
      trees.delete(id);
    return;
  }
  freeNode(mm, owner[leaf]);
  memcgOf(mm, owner[leaf]).shadowNodes.delete(leaf);
  owner[leaf] = 0;
  const chunk = slot >> CHUNK_SHIFT;
  const page = mm.tables.chunkPlace[chunk] * SLOTS_PER_CHUNK + (slot & SLOTS_PER_CHUNK - 1);
  for (let level = 1; level < tree2.height; level += 1) {
    const at2 = key(level, numberAt(page, level));
    const inner = tree2.inner.get(at2);
    if (inner === void 0) break;
    inner.children -= 1;
    if (inner.children > 0) return;
    freeNode(mm, inner.owner);
    tree2.inner.delete(at2);
  }
  if (tree2.inner.size === 0) trees.delete(id);
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
  for (let at2 = memcg; at2 !== null && !isRoot(at2); at2 = parentOf(mm, at2))
    at2.events[event] += 1;
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
  const missing2 = enabled & ~cgroupControl(cgroup);
  if (missing2 !== 0) {
    const above = cgroup.parent?.memcg.path ?? "/";
    return refuse(
      "ENOENT",
      `${controllersText(missing2).trim()} is not in cgroup.controllers: enable it in ${above} first`
    );
  }
  const disabled = disable & state.subtreeControl;
  const user = cgroup.children.find(({ memcg }) => (memcg.cgroup.subtreeControl & disabled) !== 0);
  if (user !== void 0) return refuse("EBUSY", `${user.memcg.path} has it enabled: disable it there first`);
  const refused2 = mayEnable(cgroup, enabled);
  if (refused2 !== null) return refused2;
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
  for (let at2 = from; at2 !== null; at2 = at2.parent) above.add(at2);
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
  const refused2 = mayHostTasks(to);
  if (refused2 !== null) return refused2;
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
    for (const word2 of strippedText(data).split(" ")) {
      if (word2 === "") continue;
      const bit = bitOf(word2.slice(1));
      if (bit === 0 || word2[0] !== "+" && word2[0] !== "-") return BAD_CONTROL;
      enable = word2[0] === "+" ? enable | bit : enable & ~bit;
      disable = word2[0] === "-" ? disable | bit : disable & ~bit;
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
  const value2 = kstrtoint(data);
  if (value2 === "EINVAL") return refuse("EINVAL", "write a number");
  if (value2 === "ERANGE" || value2 < least || value2 > 1)
    return refuse("ERANGE", least === 1 ? "1 is all that can be written here" : "write 0 or 1");
  return done(value2);
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
    const value2 = flagOf(data, 0);
    if (!value2.ok) return value2;
    cgroup.memcg.cgroup.freeze = value2.value === 1;
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
    const value2 = flagOf(data, 1);
    return value2.ok ? killAll(fs, cgroup) ?? OK : value2;
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
init_errno();
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
      const value2 = memcg.cgroup[field];
      return done(value2 === NO_LIMIT ? "max\n" : `${value2}
`);
    },
    write: (_fs, { memcg }, data) => {
      const value2 = strippedText(data) === "max" ? NO_LIMIT : kstrtoint(data);
      if (value2 === "EINVAL") return refuse("EINVAL", "write a number, or max");
      if (value2 === "ERANGE" || value2 < 0) return refuse("ERANGE", `write 0 to ${NO_LIMIT}, or max`);
      memcg.cgroup[field] = value2;
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

// src/linux-6.1/files/memory-files.ts
init_errno();
init_units();

// src/linux-6.1/proactive-reclaim.ts
init_units();

// src/linux-6.1/oom-kill.ts
init_units();
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
  for (let at2 = mm.memcgs[victim.memcg] ?? null; at2 !== null && !isRoot(at2); at2 = parentOf(mm, at2)) {
    if (at2.oomGroup) group = at2;
    if (at2 === memcg) break;
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

// src/linux-6.1/vmscan.ts
init_units();

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
  const entry2 = addToSwap(mm);
  if (entry2 === 0) {
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
  swapEviction(mm, target, memcg, pfn, entry2);
  frames.flags[pfn] &= ~PG_LRU;
  unaccount2(mm, pfn);
  writeToSwap(mm, pfn, entry2);
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
init_errno();
init_units();
var SOURCE7 = "mm/memcontrol.c of Linux 6.1, Documentation/admin-guide/cgroup-v2.rst";
var SIZE2 = "a size with one suffix k, M, G, T, P or E at most, white space around it allowed, rounded down to whole pages; or max";
var SIZE_RULE2 = "a size is decimal, octal (0...) or hexadecimal (0x...) digits and one suffix k, M, G, T, P or E at most, or max";
var showCounter2 = (counter) => done(counter >= PAGE_COUNTER_MAX2 ? "max\n" : `${bytesOf(pages(counter))}
`);
function pagesIn(data, max4) {
  const value2 = parsePageCounter(data, max4);
  return value2 === null ? null : Math.min(Number(value2 >> BigInt(PAGE_SHIFT)), PAGE_COUNTER_MAX2);
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
    const value2 = pagesIn(data, "max");
    return value2 === null ? refuse("EINVAL", SIZE_RULE2) : written(cgroup, value2) ?? OK;
  }
});

// src/linux-6.1/files/memory-stat.ts
init_units();
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
  const line = (name, value2) => {
    lines.push(`${name} ${value2}
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
  (cgroup, value2) => {
    cgroup.memcg.memory[name] = value2;
    return written(cgroup, value2);
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
  (cgroup, value2) => cgroup.memcg.memory.usage <= value2 ? OK : { wait: "reclaim", cgroup, asked: askHigh(value2), strict: false }
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
  (cgroup, value2) => cgroup.memcg.memory.usage <= value2 ? OK : { wait: "reclaim", cgroup, asked: askMax(value2), strict: false }
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
    const value2 = pagesIn(data, "");
    if (value2 === null) return refuse("EINVAL", SIZE_RULE2);
    return value2 === 0 ? OK : { wait: "reclaim", cgroup, asked: askReclaim(value2), strict: true };
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
    const value2 = kstrtoint(data);
    if (value2 === "ERANGE") return refuse("ERANGE", "write 0 or 1");
    if (value2 !== 0 && value2 !== 1) return refuse("EINVAL", "write 0 or 1");
    memcg.oomGroup = value2 === 1;
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
init_errno();
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
    const value2 = strippedText(data) === "max" ? NO_LIMIT : kstrtoint(data);
    if (typeof value2 !== "number" || value2 < 0 || value2 > PID_MAX && value2 !== NO_LIMIT)
      return refuse("EINVAL", `write 0 to ${PID_MAX}, or max`);
    memcg.cgroup.pidsMax = value2;
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
init_errno();
init_units();
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
    const line = (name, read3, write4) => {
      const [r, w] = [read3, write4].map((index) => (devices[index]?.completed ?? 0) * PAGE_SIZE);
      return r + w === 0 ? "" : `${name} rbytes=${r} wbytes=${w}
`;
    };
    return done(line("8:0", DISK_READ, DISK_WRITE) + line("8:16", SWAP_READ, SWAP_WRITE));
  }
};
var STAT_FILES = [cpuStat, ioStat];

// src/linux-6.1/files/swap-files.ts
init_errno();
init_units();
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
  ({ memcg }, value2) => {
    memcg.swap.max = value2;
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
  ({ memcg }, value2) => {
    memcg.swap.high = value2;
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
  ({ memcg }, value2) => {
    memcg.cgroup.zswapMax = value2;
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
  const { write: write4 } = file;
  if (write4 === void 0) return file;
  return {
    ...file,
    write: (fs, cgroup, data, writer) => {
      if (data.length === 0) return OK;
      return data.length > MAX_WRITE2 ? TOO_LONG : write4(fs, cgroup, data, writer);
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
  for (let at2 = parent; at2 !== null; at2 = parentOf(mm, at2), level += 1) {
    const { maxDepth, maxDescendants } = at2.cgroup;
    if (maxDescendants !== NO_LIMIT && descendants(mm, at2).live >= maxDescendants)
      return refuse("EAGAIN", `${at2.path} may have ${maxDescendants} below it (cgroup.max.descendants)`);
    if (level > maxDepth)
      return refuse("EAGAIN", `${at2.path} may have ${maxDepth} levels below it (cgroup.max.depth)`);
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
  possibleFiles: (_mm, root2) => root2 ? ROOT : BELOW,
  allFiles: () => CONTROL_FILES2,
  insteadOf: (mm, memcg, name) => insteadOf(name, 2, (two) => (memcg.id === ROOT_MEMCG ? ROOT : BELOW).some((file) => file.name === two)) || notEnabled(mm, memcg, name)
};

// src/linux-6.1/kernel.ts
init_units();

// src/linux-6.1/charge.ts
init_units();

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
init_units();
var MAX_RECLAIM_RETRIES3 = 16;
var PRECISION_SHIFT2 = 20n;
var SCALING_SHIFT2 = 14n;
var HZ2 = 100n;
var MAX_DELAY2 = 200;
var LENIENT_DELAY2 = 1;
var JIFFY = 10 * MILLISECOND;
var isAbove2 = ({ memory }) => memory.usage > memory.high;
function owe2(mm, task, memcg, count2) {
  for (let at2 = memcg; at2 !== null; at2 = parentOf(mm, at2)) {
    if (!isAbove2(at2)) continue;
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
      const at2 = memcgOf(mm, over.next);
      if (task.pass.active || isAbove2(at2)) {
        if (!task.pass.active) {
          memoryEvent(mm, at2, "high");
          beginPass2(mm, task, at2, over.wanted);
        }
        const freed = continuePass2(mm, task);
        if (freed < 0) return SUSPENDED;
        over.freed += freed;
      }
      over.next = nextAbove(mm, at2);
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
    const at2 = memcgOf(mm, over.next);
    if (isAbove2(at2)) {
      memoryEvent(mm, at2, "high");
      runPass(mm, task, at2, over.wanted);
    }
    over.next = nextAbove(mm, at2);
  }
  forget(task, over);
}
function highDelay2(mm, memcg, pages2) {
  let most = 0n;
  for (let at2 = memcg; at2 !== null && !isRoot(at2); at2 = parentOf(mm, at2)) {
    const above = at2.memory.usage - at2.memory.high;
    if (above <= 0) continue;
    const overage = (BigInt(above) << PRECISION_SHIFT2) / BigInt(Math.max(at2.memory.high, 1));
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
  for (let at2 = memcg.memory; at2 !== null; at2 = at2.parent)
    if (margin(at2) < 1) return false;
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
  let at2 = memcg;
  for (let up = parentOf(mm, at2); at2.memory !== counter && up !== null; up = parentOf(mm, at2)) at2 = up;
  return at2;
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
init_units();
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
  for (let at2 = memcg; at2.parent !== 0; at2 = memcgOf(mm, at2.parent)) {
    headroom = Math.min(headroom, Math.min(margin(at2.memory), Math.max(0, at2.memory.high - at2.memory.usage)));
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
function beginBatch2(ra, start2, size2, lookahead) {
  const count2 = Math.min(size2, ra.mapping.length - start2);
  ra.batchNext = start2;
  ra.batchEnd = start2 + Math.max(0, count2);
  ra.batchMarker = lookahead > 0 ? start2 + count2 - lookahead : -1;
}
function readExactly2(ra, start2, end4) {
  ra.batchNext = start2;
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
    const entry3 = swapEntryOf(content);
    mm.sched.cost += mm.costs.fault;
    task.faultStage = SWAP_READ_DONE2;
    submit(mm, SWAP_READ, entry3, 1);
    waitFor(mm, task, SWAP_READ, entry3);
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
  const entry2 = swapEntryOf(content);
  memcg.counts.pgmajfault += 1;
  memcg.stat.swapIn += 1;
  task.faultStage = NO_FAULT2;
  addResident2(mm, task, slot, "anon", entry2);
  freeSwapped(mm, entry2);
  return DONE;
}
function freeSwapped(mm, entry2) {
  const owner = mm.memcgs[mm.own.swapMemcg[entry2]];
  if (owner !== null && owner !== void 0) unchargeCounter2(owner.swap, 1);
  freeSwapEntry(mm, entry2);
}
var NEW_PAGE2 = {
  anon: PG_ANON,
  file: PG_MAPPED,
  shmem: PG_ANON | PG_SHMEM
};
function addResident2(mm, task, slot, kind, entry2 = 0) {
  const pfn = allocFrame(mm, task.node);
  const cpu = mm.own.cpus[task.cpu];
  mm.frames.slot[pfn] = slot;
  mm.frames.flags[pfn] |= NEW_PAGE2[kind];
  mm.sched.cost += mm.costs.charge;
  commitCharge(mm, cpu, memCgroupFromTask(mm, task), pfn);
  mm.tables.slots[slot] = pfn;
  mm.tables.young[slot] = 1;
  if (kind === "file") entryCame(mm, slot);
  if (entry2 > 0) swapRefault(mm, pfn, entry2);
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
var policyNamed2 = policyNamed;
var policyIn2 = (options2) => folderOf(options2).policyIn(options2);
function policyMistake(policy, kernel) {
  const { policies: policies2 } = KERNELS[kernelNamed(kernel)];
  return policies2.includes(policy) ? null : `policy=${policy} does not run on ${kernel} yet: what does is policy=${policies2.join(", ")}`;
}
var cgroupVersionOf = (kernel) => KERNELS[kernelNamed(kernel)].version;
var figureNamesIn = (options2) => folderOf(options2).figureNames(options2);
var CONTROL_FILES3 = [
  ...CONTROL_FILES,
  ...CONTROL_FILES2.filter(({ name }) => !CONTROL_FILES.some((file) => file.name === name))
];
var BY_NAME = new Map(CONTROL_FILES3.map((file) => [file.name, file]));
var controlFileNamed = (name) => BY_NAME.get(name);
var KINDS2 = new Map(
  [...CONTROL_FILES2, ...CONTROL_FILES].flatMap(({ name, kind, lines = {} }) => [
    [name, kind],
    ...Object.entries(lines)
  ])
);
var kindOf2 = (name) => KINDS2.get(name);

// src/machine/looks.ts
var lookAt = ({ mm, options: options2 }, { memcg }) => ({
  path: memcg.path,
  tasks: memcg.nrTasks,
  policy: policyIn2(options2),
  kernel: options2.kernel,
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

// src/machine/options.ts
init_units();

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
function optionMistake(options2) {
  const { cpus, memory, swap, nodes, seed, kernel, policy } = options2;
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
  for (const [name, cost] of Object.entries(options2.costs)) {
    if (!Object.hasOwn(DEFAULT_COSTS, name)) return `cost.${name}: there is no such cost`;
    if (!Number.isFinite(cost) || cost < 0) return `cost.${name}=${cost}: a time, not negative`;
  }
  return null;
}

// src/machine/perform.ts
init_errno();

// src/machine/faults.ts
init_errno();
var MAX_FAULTS = 1e3;
function performOnFaults(fs, operation) {
  switch (operation.op) {
    case "fault":
      return setFault(fs, operation);
    case "clear-faults": {
      const { path } = operation;
      const kept = path === null ? [] : fs.faults.filter((fault3) => fault3.path !== path);
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
function setFault(fs, { op: _, ...fault3 }) {
  const slash = fault3.path.lastIndexOf("/");
  const name = fault3.path.slice(slash + 1);
  if (!fs.controller.possibleFiles(fs.mm, slash === 0, fs.extras).some((file) => file.name === name))
    return refuse("ENOENT", `${slash === 0 ? "the root has" : "cgroups have"} no file ${name}`);
  if (fs.faults.length >= MAX_FAULTS)
    return refuse("ENOSPC", `a machine has ${MAX_FAULTS} faults at most: clear some`);
  fs.faults.push(fault3);
  return OK;
}

// src/machine/real.ts
init_errno();
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
  const { pid, name = "process", start: start2 = 0, parent } = operation;
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
  adoptTask(mm, pid, name, found.value.id, newRealProcess(mm, name, start2, base));
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
      const refused2 = fs.controller.mayEnter(fs, found.value, task);
      if (refused2 !== null) return refused2;
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
function letPass(state, until2) {
  state.hand = { kind: "sleep", until: until2 };
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
function handOf(write4) {
  const cgroup = write4.cgroup.id;
  if (write4.wait !== "reclaim") return { kind: write4.wait, cgroup };
  return { kind: "reclaim", cgroup, asked: write4.asked, strict: write4.strict };
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
  const refused2 = fs.controller.mayEnter(fs, found.value, null);
  if (refused2 !== null) return refused2;
  if (node >= mm.nodes) return refuse("EINVAL", `the machine has ${mm.nodes} node(s): 0 to ${mm.nodes - 1}`);
  const task = newTask(mm, "task", name, found.value.id, node);
  if (rereads === "unknown") setRereadsUnknown(mm, task);
  return OK;
}
function signal(state, task, name, wait2) {
  const { mm } = state;
  if (task.kind === "sh") return refuse("EPERM", "sh is who speaks to the machine: it can not be signalled");
  if (task.kind !== "task") return OK;
  if (name === "KILL") {
    sendKill(mm, task);
    return !wait2 ? OK : begin3(state, { kind: "exit", pid: task.pid });
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
var CORE = "AGFzbQEAAAABRgtgAn9/AGABfwF/YAN/f38Bf2ABfwBgAn9/AX9gBH9/f38Bf2ADf39/AGAEf39/fwBgA39/fAF/YAZ/f39/f38Bf2AAAX8DFRQAAgMBBgQHAQUBCAACCQQFAAAKAwUDAQAABm8WfwFBAAt/AUEAC38BQQALfwFBAAt/AUEAC38BQQALfwFBAAt/AUEAC38BQQALfwFBAAt/AUEAC38BQQALfwFBAAt/AUEAC38BQQALfwFBAAt/AUEAC38BQQALfwFBAAt/AUEAC38BQQALfwFBAAsH6AESEG1hcmtQYWdlQWNjZXNzZWQAAglnaXZlRnJhbWUAEwl0YWtlRnJhbWUAEgNhZGQAAAZyZW1vdmUAAwZyb3RhdGUAEQp0YWtlT2xkZXN0AAEJc2V0QXJyYXlzABAJcmVhZFBhZ2VzAA8LY291bnRBYnNlbnQADghlbnRlclJ1bgANCHRvdWNoUnVuAAwJdW5sb2NrUnVuAAsJZnJlZVBsYWluAAoPaXNvbGF0ZUluYWN0aXZlAAkMc2hyaW5rQWN0aXZlAAgWdGVzdEFuZENsZWFyUmVmZXJlbmNlZAAHBm1lbW9yeQIACucdFHMBAX8jCyAAQQJ0aigCACICQR9xRQRAIAAgAhAFIQILIxEgAkECdGogATYCACMJIAFBAnRqIAI2AgAjDSACQQV1aiIBIAEtAABBAWo6AAAgAEECdCIAIwtqIAJBAWo2AgAjDCAAaiIAIAAoAgBBAWo2AgAL1gIBBn8gASMMIABBAnRqKAIAIgMgASADSBsiBSACIgFqIQMDQCABIANIBEAgASMKIABBAnRqKAIAIgJBBXUiBCMNaiIGLQAAIgdqIgggAyADIAhKGyEIIAYgByAIIAFrazoAAANAIAEgCEgEQCMRIAJBAnRqIgYoAgAiBwRAIAZBADYCACMDIAFBAnRqIAc2AgAgAUEBaiEBCyACQQFqIQIMAQsLIwogAEECdGogAjYCACAEIw1qLQAARQRAIARBAnQiAiMQaigCACEGIw8gAmooAgAiAgRAIxAgAkECdGogBjYCAAUjCiAAQQJ0aiAGQQV0NgIACyAGBEAjDyAGQQJ0aiACNgIABSMLIABBAnRqIAJBAWpBBXRBACACGzYCAAsjECAEQQJ0aiMCIgIoAgw2AgAgAiAENgIMCwwBCwsjDCAAQQJ0aiIAIAAoAgAgBWs2AgAgBQtLAQJ/IwYgAEEBdGoiAi8BACIBQQJxBEAgAUEIcUUEQCACIAFBGHJBfXE7AQAgABADQQFyIAAQAAsFIwYgAEEBdGogAUECcjsBAAsLuAIBBX8jCSAAQQJ0aigCACIDQQV1IgBBAnQiASMOaigCACEEIAAjDWoiBS0AAEEBayECIxEgA0ECdGpBADYCACMMIARBAnRqIgMgAygCAEEBazYCACAFIAI6AAAgAgRAIAJBEEwEQCMPIAFqKAIAIQIjECABaigCACIBBH8gASMNai0AAEEQTQVBAAsEQCAEIAAgARAEBSACBH8gAiMNai0AAEEQTQVBAAsEQCAEIAIgABAECwsLBSAAQQJ0IgEjEGooAgAhAiMPIAFqKAIAIgEEQCMQIAFBAnRqIAI2AgAFIwogBEECdGogAkEFdDYCAAsgAgRAIw8gAkECdGogATYCAAUjCyAEQQJ0aiABQQFqQQV0QQAgARs2AgALIxAgAEECdGojAiIBKAIMNgIAIAEgADYCDAsgBAv9AgEFfyACQQFqQQV0IQMjECACQQJ0aigCAEUEQCMLIABBAnRqIAM2AgALIAJBBXQiB0EfaiEEA0AgBCAHTgRAIxEgBEECdGoiBigCACIFBEAgBkEANgIAIxEgA0EBayIDQQJ0aiAFNgIAIwkgBUECdGogAzYCAAsgBEEBayEEDAELCyADIQQgAUEFdCIGQR9qIQcDQCAGIAdMBEAjESAHQQJ0aiIFKAIAIgMEQCAFQQA2AgAjESAEQQFrIgRBAnRqIAM2AgAjCSADQQJ0aiAENgIACyAHQQFrIQcMAQsLIAIjDWoiAiACLQAAIAEjDWoiAi0AAGo6AAAgAkEAOgAAIAFBAnQiAiMQaigCACEDIw8gAmooAgAiAgRAIxAgAkECdGogAzYCAAUjCiAAQQJ0aiADQQV0NgIACyADBEAjDyADQQJ0aiACNgIABSMLIABBAnRqIAJBAWpBBXRBACACGzYCAAsjECABQQJ0aiMCIgAoAgw2AgAgACABNgIMC5gBAQJ/AkAjAiIDQQxqKAIAIgIEQCADIxAgAkECdGooAgA2AgwMAQsjAigCCCICIxJGBEAACyMCIAJBAWo2AggLIAJBAnQiAyMOaiAANgIAIw8gA2ogAUEFdUEBa0EAIAEbIgE2AgAjECADakEANgIAIAEEQCMQIAFBAnRqIAI2AgAFIwogAEECdGogAkEFdDYCAAsgAkEFdAt+AQJ/IxMgAEECdGoCfyMCIgVBBGooAgBBAWsiBEEATgRAIAUgBDYCBCMIIARBAnRqKAIADAELIwIjAigCAEEBajYCACMCKAIAQQFrCyIENgIAIwUgBEECdGogADYCACAEQQF0IgAjBmogAzsBACMHIABqIAI7AQAgASAEEAALWAECfyMFIABBAnRqKAIAIQIjBiAAQQF0ai8BAEGCBHFBAEciAUUEQCACIxRqLQAAQQBHIQELIwYgAEEBdGoiACAALwEAQf17cTsBACACIxRqQQA6AAAgAQveAgEGfwNAIAEgBEoEQCAAIAEgBGsgBBABIARqIgkgBEcEQCAEIQUDQCAFIAlIBEAjBiMDIAVBAnRqKAIAIgdBAXRqLwEAIgZBCHEEQCMDIARBAnRqIAc2AgAgBEEBaiEEBSMGIAdBAXRqIAZBb3E7AQAgAEF+cSAHEAALIAVBAWohBQwBCwsMAgsLCwNAIAQgCEoEQAJAIwYjAyAIQQJ0aigCACIHQQF0ai8BACIFQYADcQRAIAJFIgEEfyABBSADRSAFQYABcUEAR3ELBH9BAQUjBSAHQQJ0aigCACEGIwYgB0EBdGovAQBBggRxQQBHIgFFBEAgBiMUai0AAEEARyEBCyMGIAdBAXRqIgUgBS8BAEH9e3E7AQAgBiMUakEAOgAAIAELBEAgACAHEAAMAgsLIwYgB0EBdGoiASABLwEAQWdxOwEAIABBfnEgBxAACyAIQQFqIQgMAQsLIAQLjQEBBn8gAEEgQQAQASEDA0AgASADSARAIAEhAgNAIAIgA0gEQCMGIwMgAkECdGooAgAiBEEBdGoiBS8BACIGQQhxBEAgBSAGQRByOwEAIABBAXIgBBAABSMDIAFBAnRqIAQ2AgAgAUEBaiEBCyACQQFqIQIMAQsLIABBICABayABEAEgAWohAwwBCwsgAQusAQEDfwNAIAAgA0oEQCAEIwYjAyADQQJ0aigCAEEBdGovAQByIQQgA0EBaiEDDAELCyAEQaUDcQRAQQAPC0EAIQMDQCAAIANKBEAjEyMFIwMgA0ECdGooAgAiBEECdGooAgAiBUECdGogATYCACMVIAVBCXVBA3RqIAI5AwAjCCMCIgVBBGooAgBBAnRqIAQ2AgAgBSAFKAIEQQFqNgIEIANBAWohAwwBCwtBAQtHAQJ/IAAhAgNAIAIgACABakgEQCMTIAJBAnRqKAIAIgNBAEoEQCMGIANBAXRqIgMgAy8BAEF+cTsBAAsgAkEBaiECDAELCwtXAQJ/A0AgASADSgRAIxMgACADakECdGooAgAiBEEATAR/QQEFIwYgBEEBdGovAQBBwQBxC0UEQEEBIAIgA0EAShsEQCAEEAILIANBAWohAwwCCwsLIAMLQwECfyAAIQYDQCAGIAAgAWpIBEAgB0EBaiAHIxMgBkECdGooAgAgBUYbIQcgBiACIAMgBBAGIAZBAWohBgwBCwsgBwsxAQF/A0AgASACSgR/IxMgACACakECdGooAgBBAEwFQQALBEAgAkEBaiECDAELCyACC8IEAg9/BXwjACsDSCETIwEoAgAhCSMBKAIQIQojASgCBCELIwEoAgwhDEF/IwEoAggiDWshDiMBKAIoQQBHIQ9BfyEEA0AgACABSCACQQBKcQRAAkAjBCAAQQJ0aigCACIRQQBIDQACfyMTIBFBAnRqKAIAIgdBAEoEQCMGIAdBAXRqLwEAIhBBAXENAiAQQQpxQQJGIA9xDQIgBxACIAVBAWohBSACQQFrDAELIwAjACsDACAFtyAToqA5AwBBACEFIAYgCU4gACADTnIEf0EABQJ/IwArAzAjACsDCCMAKwMAIwArA1CgIwArA1igIhagpSMAKwNooCMAKwNwoCEXQQAjACsDECAWoCIVIBcjACsDeKAjACsDgAGgpSMAKwOIAaAiFCMAQUBrKwMAZg0AGiMAIBc5AzAjACIQQRhqIBArAxggFqA5AwAjACIQQSBqKwMAIBZEAAAAAAAAkECiIwEoAhS3o6AiFiMAIhJBKGorAwClIRcgEiAXOQMoIBAgFiAXRAAAAADQEnPBoKU5AyAjACAVOQM4IwAgFDkDECMAIBQ5AwgjACMAKwNgOQMAQQELC0UNASAIQQFqIAggByAORhshCCARIAsgDSAMEAYgBkEBaiEGIAAhBCAKQQFrCyECIABBAWohAAwCCwsLIwAjACsDACAFtyAToqA5AwAjASMBKAIAIAZrNgIAIwEiAUEYaiAGIAEoAhhqNgIAIwEiAUEcaiAIIAEoAhxqNgIAIwEgBDYCICMBIAI2AiQgAAucAQAgACgCACQAIAAoAgQkASAAKAIIJAIgACgCDCQDIAAoAhAkBCAAKAIUJAUgACgCGCQGIAAoAhwkByAAKAIgJAggACgCJCQJIAAoAigkCiAAKAIsJAsgACgCMCQMIAAoAjQkDSAAKAI4JA4gACgCPCQPIABBQGsoAgAkECAAKAJEJBEgACgCSCQTIAAoAkwkFCAAKAJQJBUgASQSC6MDAQd/IwwgAEECdGooAgBFBEAPCyABIwwgAEECdGooAgBvIQMDQCADQQBKBEAjCyAAQQJ0aigCACIBQR9xRQRAIAAgARAFIQELIAMjCiAAQQJ0aigCACICQQV1IgQjDWoiBS0AACIGIAMgBkgbIgdBICABQR9xayIIIAcgCEgbIQcgBSAGIAdrOgAAIw0gAUEFdWoiBSAHIAUtAABqOgAAIAEgB2ohBQNAIAEgBUgEQCMRIAJBAnRqIgYoAgAiCARAIAZBADYCACMRIAFBAnRqIAg2AgAjCSAIQQJ0aiABNgIAIAFBAWohAQsgAkEBaiECDAELCyAAQQJ0IgUjCmogAjYCACMLIAVqIAE2AgAgBCMNai0AAEUEQCAEQQJ0IgEjEGooAgAhAiMPIAFqKAIAIgEEQCMQIAFBAnRqIAI2AgAFIwogAEECdGogAkEFdDYCAAsgAgRAIw8gAkECdGogATYCAAUjCyAAQQJ0aiABQQFqQQV0QQAgARs2AgALIxAgBEECdGojAiIBKAIMNgIAIAEgBDYCDAsgAyAHayEDDAELCwtBAQJ/IwIiAUEEaigCAEEBayIAQQBOBEAgASAANgIEIwggAEECdGooAgAPCyMCIwIoAgBBAWo2AgAjAigCAEEBawsmAQF/IwgjAiIBQQRqKAIAQQJ0aiAANgIAIAEgASgCBEEBajYCBAs=";

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
    readPages: exports.readPages,
    setArrays: exports.setArrays,
    memory: exports.memory,
    cluster: new Int32Array(),
    window: new Int32Array(),
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
var of = (holder, arrays, used, whole2 = null, blank = 0) => Object.entries(arrays).map(([name, array]) => ({
  array,
  used,
  whole: whole2,
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
  const all2 = grown(array, emptyLike(array, length));
  if (blank !== 0) all2.fill(blank, array.length);
  return all2;
}
function emptyLike(array, length) {
  if (array instanceof Float64Array) return new Float64Array(length);
  if (array instanceof Int32Array) return new Int32Array(length);
  return array instanceof Uint16Array ? new Uint16Array(length) : new Uint8Array(length);
}

// src/machine/state.ts
function bootState(options2) {
  const kernel = kernelNamed(options2.kernel);
  const folder = KERNELS[kernel];
  const { controller } = folder;
  const mm = newMm(options2, folder);
  layOut(mm, mm.tables.chunkMapping.length);
  mm.heads[FRESH] = 1;
  mm.heads[BLOCKS] = 1;
  controller.create(mm, "", null);
  const fs = newCgroupfs(mm, controller, options2.extras);
  const sh = newTask(mm, "sh", "sh", ROOT_MEMCG);
  mm.kernel.startThreads(mm);
  return { kernel, options: options2, mm, fs, sh, hand: null, answer: null, departed: [] };
}
function newMm(options2, { bind: bind3, newOwn: newOwn3, lists, shadowAges }) {
  const { memory, nodes } = options2;
  const own5 = newOwn3(options2);
  const costs = { ...DEFAULT_COSTS, ...options2.costs };
  const share = Math.floor(memory / nodes);
  return {
    sched: newSched(options2.cpus, costs.contextSwitch, costs.wakeLatency),
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
    swap: newSwapArea(options2.swap),
    nrDirty: 0,
    nrWriteback: 0,
    dirtyMappings: [],
    flushRequest: 0,
    flusher: null,
    congestion: [],
    random: newRandom(options2.seed),
    needs: null,
    observer: null
  };
}

// src/machine/task-end.ts
init_errno();
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
init_errno();
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
  #write(fd, data, at2) {
    this.#mustBeIdle();
    const state = this.#state;
    const { pid } = this.#caller;
    const task = pid === void 0 ? state.sh : state.mm.tasksByPid.get(pid);
    if (task === void 0) return refuse("ESRCH", `no task has the pid ${pid}`);
    const answer2 = write(state.fs, fd, data, at2, { task, uid: this.#who.uid });
    return "wait" in answer2 ? begin3(state, handOf(answer2)) : answer2;
  }
  #mustBeIdle() {
    if (this.#state.hand !== null) throw new Error("an operation is in hand: run() until it is done");
    this.#state.answer = null;
  }
  #change(target, change3) {
    const found = this.#find(target);
    if (!found.ok) return found;
    return setAttributes(this.#state.fs, found.value.cgroup, found.value.file, change3, this.#who);
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
init_units();
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
  const { start: start2, seen } = real;
  return {
    ...viewThread(mm, task),
    anon_pages: pages(broughtIn(mm, real, "anon")),
    mapped_pages: pages(broughtIn(mm, real, "file") + broughtIn(mm, real, "shmem")),
    process: {
      start: start2,
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
  static boot(options2 = {}) {
    const all2 = { ...DEFAULT_OPTIONS, ...options2 };
    const mistake = optionMistake(all2);
    if (mistake !== null) throw new RangeError(mistake);
    return new _Machine(bootState(all2));
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
  run(until2, watched = null) {
    const state = this.#state;
    const { mm } = state;
    const bound = until2 ?? Infinity;
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
    return this.#state.fs.faults.map((fault3) => ({ ...fault3 }));
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

// src/script/drive.ts
init_units();
init_behaviour();

// src/script/steps.ts
function* arrived(value2) {
  return value2 instanceof Promise ? yield value2 : value2;
}
async function inTime(steps, first = steps.next()) {
  let step3 = first;
  while (step3.done !== true) {
    let value2;
    try {
      value2 = await step3.value;
    } catch (error) {
      step3 = steps.throw(error);
      continue;
    }
    step3 = steps.next(value2);
  }
  return step3.value;
}
function soon(steps) {
  const step3 = steps.next();
  return step3.done === true ? step3.value : inTime(steps, step3);
}
function atOnce(steps, late) {
  const step3 = steps.next();
  if (step3.done === true) return step3.value;
  step3.value.catch(() => {
  });
  steps.return(void 0);
  throw late();
}

// src/script/drive.ts
init_world();
var END_OF_TIME = ns(Number.MAX_SAFE_INTEGER);
var HEADLONG = { next: () => END_OF_TIME, ran: () => {
} };
var Driver = class {
  #machine;
  #records;
  #pace;
  /** `pace`: asked for at the beginning of each operation that is not over at once. */
  constructor(machine, records, pace = () => HEADLONG) {
    this.#machine = machine;
    this.#records = records;
    this.#pace = pace;
  }
  /** Performs an operation and goes on until it is over. */
  drive(operation) {
    const answer2 = this.#machine.perform(operation);
    return answer2 === null ? soon(this.finish(null)) : { why: "done", result: answer2 };
  }
  /** Goes on until what was begun (null) is over. */
  *finish(begun) {
    if (begun !== null) return { why: "done", result: begun };
    const machine = this.#machine;
    const pace = this.#pace();
    for (; ; ) {
      const bound = pace.next(machine.now);
      if (bound === null) return this.#letGo("interrupted");
      if (typeof bound !== "number") {
        yield bound;
        continue;
      }
      const stop2 = yield* this.run(ns(Math.min(bound, END_OF_TIME)));
      pace.ran();
      if (stop2.why === "done" || stop2.why === "fault") return stop2;
      if (stop2.why === "idle" || machine.now >= END_OF_TIME) return this.#letGo("never");
    }
  }
  /** Lets the machine run up to this time (null: no bound), or until `watched` holds; feeds what it asks for. */
  *run(until2, watched = null) {
    for (; ; ) {
      const stop2 = this.#machine.run(until2, watched);
      if (stop2.why !== "needs") return stop2;
      const read3 = yield* arrived(this.#records(stop2));
      if (!read3.ok) return { why: "fault", failure: read3 };
      this.#machine.feed(stop2.source, read3.batch, read3.last, read3.files);
    }
  }
  #letGo(why) {
    this.#machine.interrupt();
    this.#machine.run(this.#machine.now);
    return { why };
  }
};
function outcomeOf(ended, subject) {
  switch (ended.why) {
    case "done":
      return answered(ended.result, subject);
    case "fault":
      return ended.failure;
    case "interrupted":
      return failure("interrupted", "interrupted");
    case "never":
      return failure("refused", `${subject}: this never ends`, "what it waits for is stopped, idle or gone");
  }
}

// src/script/options.ts
init_mistake();

// src/script/nearest.ts
function nearest2(word2, words) {
  const typed = word2.toLowerCase();
  let best = null;
  let least = Math.max(1, Math.floor(word2.length / 3)) + 1;
  for (const each of words) {
    if (Math.abs(each.length - word2.length) >= least) continue;
    const distance2 = editDistance(typed, each.toLowerCase());
    if (distance2 < least) {
      best = each;
      least = distance2;
    }
  }
  return best;
}
function suggestion(word2, words) {
  const near = nearest2(word2, words);
  return near === null ? "" : `: did you mean '${near}'?`;
}
function editDistance(a, b) {
  let older = [];
  let before3 = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row2 = [i];
    for (let j = 1; j <= b.length; j++) {
      const change3 = before3[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(change3, before3[j] + 1, row2[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, older[j - 2] + 1);
      row2.push(least);
    }
    older = before3;
    before3 = row2;
  }
  return before3[b.length];
}

// src/script/signature.ts
init_mistake();
var Words = class _Words {
  #words;
  #next;
  /** Column behind the last word, where a missing one would stand. */
  end;
  constructor(words, next = 0) {
    this.#words = words;
    this.#next = next;
    const last = words[words.length - 1];
    this.end = last === void 0 ? 1 : last.column + last.text.length;
  }
  peek(ahead = 0) {
    return this.#words[this.#next + ahead] ?? null;
  }
  /** The next word; `what` is what the line lacks when there is none. */
  next(what) {
    const word2 = this.#words[this.#next];
    if (word2 === void 0) throw new Misshapen(`${what} is missing`, this.end);
    this.#next += 1;
    return word2;
  }
  /** All that are left. */
  rest() {
    const rest3 = this.#words.slice(this.#next);
    this.#next = this.#words.length;
    return rest3;
  }
  get left() {
    return this.#words.length - this.#next;
  }
  /** `--times=3` as the two words that it stands for. */
  splitAt(flagLength) {
    const word2 = this.next("an option");
    const value2 = { text: word2.text.slice(flagLength + 1), column: word2.column + flagLength + 1 };
    return new _Words([value2]);
  }
};
var word = (kind, read3, more = {}) => ({
  ...more,
  kind,
  read: (words) => read3(words.next(kind))
});
var argument = (kind, label, shape, take) => ({
  kind: kind.kind,
  label,
  optional: shape.optional ?? false,
  repeated: shape.repeated ?? false,
  last: shape.last ?? false,
  choices: kind.choices ?? [],
  dashes: kind.dashes ?? false,
  take
});
var needed = (words) => words ?? new Words([]);
var one = (kind, label, last = false) => argument(kind, label, { last }, (words) => kind.read(needed(words)));
var maybe = (kind, label, otherwise) => argument(kind, label, { optional: true }, (words) => words === null ? otherwise : kind.read(words));
var several = (kind, label, shape = {}) => argument(kind, label, { ...shape, repeated: true }, (words) => words === null ? [] : [kind.read(words)]);
var flag = (name, summary) => ({
  flag: name,
  summary,
  kind: null,
  label: "",
  repeated: false,
  required: false,
  read: null,
  take: (given2) => given2.length > 0
});
var option = (name, kind, label, otherwise, summary) => ({
  flag: name,
  summary,
  kind: kind.kind,
  label,
  repeated: false,
  required: false,
  read: kind.read,
  take: (given2) => given2.length === 0 ? otherwise : given2[0]
});
var options = (name, kind, label, summary) => ({
  flag: name,
  summary,
  kind: kind.kind,
  label,
  repeated: true,
  required: false,
  read: kind.read,
  take: (given2) => given2
});
var isOption = (part) => "flag" in part;
var signatureOf = (parts) => ({
  arguments: Object.values(parts).filter((part) => !isOption(part)),
  options: Object.values(parts).filter(isOption)
});
function readParts(parts, words) {
  const reader = new PartsReader(parts, words);
  const values = {};
  for (const name in parts) {
    const part = parts[name];
    if (!isOption(part)) values[name] = reader.argument(part);
  }
  reader.end();
  for (const name in parts) {
    const part = parts[name];
    if (isOption(part)) values[name] = part.take(reader.given(part));
  }
  return values;
}
var NONE3 = [];
var PartsReader = class {
  #parts;
  #words;
  #given = null;
  #closed = false;
  constructor(parts, words) {
    this.#parts = parts;
    this.#words = words;
  }
  given(part) {
    return this.#given?.get(part) ?? NONE3;
  }
  argument(part) {
    this.#takeOptions(part.dashes);
    if (this.#words.left === 0) {
      if (part.optional) return part.take(null);
      throw new Misshapen(`${part.label} is missing`, this.#words.end);
    }
    if (part.last) this.#closed = true;
    const first = part.take(this.#words);
    if (!part.repeated) return first;
    const all2 = [...first];
    for (; ; ) {
      this.#takeOptions(part.dashes);
      if (this.#words.left === 0) return all2;
      all2.push(...part.take(this.#words));
    }
  }
  end() {
    this.#takeOptions(false);
    const extra = this.#words.peek();
    if (extra !== null) throw new Misshapen(`'${extra.text}' is one word too many`, extra.column);
  }
  #takeOptions(dashes) {
    while (!this.#closed) {
      const word2 = this.#words.peek();
      if (word2 === null || word2.text.length < 2 || !word2.text.startsWith("-")) return;
      if (word2.text === "--") {
        this.#words.next("");
        this.#closed = true;
      } else if (!this.#takeOption(word2)) {
        if (dashes) return;
        const flags = signatureOf(this.#parts).options.map((each) => each.flag);
        throw new Mistake(`unknown option '${word2.text}'${suggestion(word2.text, flags)}`, word2.column);
      }
    }
  }
  #takeOption(word2) {
    for (const name in this.#parts) {
      const part = this.#parts[name];
      if (!isOption(part)) continue;
      if (word2.text === part.flag) {
        this.#words.next("");
        this.#give(part, word2, part.read === null ? true : part.read(this.#valueIn(part)));
        return true;
      }
      if (part.read !== null && word2.text.startsWith(`${part.flag}=`)) {
        this.#give(part, word2, part.read(this.#words.splitAt(part.flag.length)));
        return true;
      }
    }
    return false;
  }
  #valueIn(part) {
    if (this.#words.left === 0) throw new Mistake(`${part.flag} takes ${part.label}`, this.#words.end);
    return this.#words;
  }
  #give(part, word2, value2) {
    this.#given ??= /* @__PURE__ */ new Map();
    const before3 = this.#given.get(part);
    if (before3 === void 0) this.#given.set(part, [value2]);
    else if (part.repeated) before3.push(value2);
    else throw new Mistake(`${part.flag} is given twice`, word2.column);
  }
};
function usageOf(command, signature) {
  const args = signature.arguments.map((part) => {
    const label = part.repeated ? `${part.label}...` : part.label;
    return part.optional ? `[${label}]` : label;
  });
  const opts = signature.options.map((part) => {
    const text = part.kind === null ? part.flag : `${part.flag} ${part.label}`;
    return `${part.required ? text : `[${text}]`}${part.repeated ? "..." : ""}`;
  });
  return [command, ...args, ...opts].join(" ");
}

// src/script/values.ts
init_errno();
init_units();
init_mistake();
var SIZE_SHIFT = { "": 0n, k: 10n, m: 20n, g: 30n, t: 40n };
var SIZE3 = /^(\d+)([kmgt]?)$/i;
function bytesIn(text) {
  const match = SIZE3.exec(text);
  return match === null ? null : BigInt(match[1]) << SIZE_SHIFT[match[2].toLowerCase()];
}
function readSize(word2) {
  const size2 = bytesIn(word2.text);
  if (size2 === null) {
    throw new Mistake(
      `'${word2.text}' is not a size: write digits and an optional k, M, G or T, as in 64M`,
      word2.column
    );
  }
  if (size2 > BigInt(Number.MAX_SAFE_INTEGER))
    throw new Mistake(`${word2.text} is too large: 8191T is the most`, word2.column);
  return Number(size2);
}
function readMode(word2) {
  if (!/^[0-7]{1,4}$/.test(word2.text))
    throw new Mistake(`'${word2.text}' is not a mode: write it in octal, as in 0644`, word2.column);
  return Number.parseInt(word2.text, 8);
}
function readOwner(word2) {
  const match = /^(\d{1,10}):(\d{1,10})$/.exec(word2.text);
  const [uid, gid] = match === null ? [] : [Number(match[1]), Number(match[2])];
  if (uid === void 0 || gid === void 0 || uid >= NO_ID || gid >= NO_ID)
    throw new Mistake(`'${word2.text}' is no owner: write two numbers, UID:GID, as in 1000:1000`, word2.column);
  return { uid, gid };
}
var NO_ID = 2 ** 32 - 1;
var readPages3 = (word2) => pagesOf(readSize(word2));
function readRate(word2) {
  const text = word2.text.endsWith("/s") ? word2.text.slice(0, -2) : word2.text;
  const rate2 = bytesIn(text);
  if (rate2 === null || rate2 === 0n || rate2 > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new Mistake(`'${word2.text}' is not a rate: write a size above 0 and /s, as in 100M/s`, word2.column);
  }
  return Number(rate2);
}
var TIME_UNIT = { ns: 1, us: 1e3, ms: 1e6, s: 1e9, m: 6e10, h: 36e11 };
var TIME = /^(\d+(?:\.\d+)?)(ns|us|ms|s|m|h)$/;
function readTime(word2) {
  if (word2.text === "0") return ns(0);
  const match = TIME.exec(word2.text);
  if (match === null) {
    throw new Mistake(
      `'${word2.text}' is not a time: write a number and ns, us, ms, s, m or h, as in 1.5s`,
      word2.column
    );
  }
  const time = Math.round(Number(match[1]) * TIME_UNIT[match[2]]);
  if (time > Number.MAX_SAFE_INTEGER)
    throw new Mistake(`${word2.text} is too long: 2501h is the most`, word2.column);
  return ns(time);
}
function readWhole(word2, least, most) {
  const value2 = /^-?\d+$/.test(word2.text) ? Number(word2.text) : Number.NaN;
  if (!(value2 >= least && value2 <= most)) {
    throw new Mistake(`'${word2.text}' is not a whole number from ${least} to ${most}`, word2.column);
  }
  return value2;
}
function readPattern(word2) {
  const { text, column } = word2;
  if (text === "seq" || text === "random") return { kind: text };
  const zipf = /^zipf=(\d+(?:\.\d+)?)$/.exec(text);
  if (zipf !== null) {
    const theta = Number(zipf[1]);
    if (theta > 0 && theta <= 10) return { kind: "zipf", theta };
    throw new Mistake(`zipf takes an exponent above 0 and at most 10, as in zipf=0.99`, column);
  }
  const hot = /^hot=(\d+(?:\.\d+)?)%:(\d+(?:\.\d+)?)%$/.exec(text);
  if (hot !== null) {
    const [share, of2] = [Number(hot[1]) / 100, Number(hot[2]) / 100];
    if (share > 0 && share <= 1 && of2 <= 1) return { kind: "hot", share, of: of2 };
    throw new Mistake("hot takes two percentages up to 100, the first above 0, as in hot=10%:90%", column);
  }
  const near = suggestion(text.split("=")[0], ["seq", "random", "zipf", "hot"]);
  throw new Mistake(`'${text}' is not a pattern (seq, random, zipf=0.99, hot=10%:90%)${near}`, column);
}
function readErrno(word2) {
  if (isErrno(word2.text)) return word2.text;
  const near = suggestion(word2.text, Object.keys(ERRNO_TEXT));
  throw new Mistake(`'${word2.text}' is not an errno that the machine can answer${near}`, word2.column);
}
var TASK = /^[A-Za-z_][A-Za-z0-9_-]*$/;
function readTask(word2) {
  if (TASK.test(word2.text)) return word2.text;
  throw new Mistake(
    `'${word2.text}' is not a task's name: letters, digits, _ and -, and a letter or _ first`,
    word2.column
  );
}
var pageAt = (offset) => pages(Math.floor(offset / PAGE_SIZE));

// src/script/options.ts
var onOff = (each) => {
  if (each.text === "on" || each.text === "off") return each.text === "on";
  throw new Mistake(`'${each.text}' is neither on nor off`, each.column);
};
var READERS = {
  cpus: (value2) => ({ cpus: readWhole(value2, 0, Number.MAX_SAFE_INTEGER) }),
  memory: (value2) => ({ memory: readPages3(value2) }),
  swap: (value2) => ({ swap: readPages3(value2) }),
  nodes: (value2) => ({ nodes: readWhole(value2, 0, Number.MAX_SAFE_INTEGER) }),
  seed: (value2) => ({ seed: readSeed(value2) }),
  kernel: (value2) => ({ kernel: readKernel(value2) }),
  policy: (value2) => ({ policy: readPolicy(value2) }),
  wmarks: (value2) => ({ wmarks: onOff(value2) }),
  extras: (value2) => ({ extras: onOff(value2) }),
  reclaimd: (value2) => ({ reclaimd: onOff(value2) }),
  errata: (value2) => ({ errata: readErrata(value2) })
};
var OPTION_WORDS = [
  ...Object.keys(READERS).map((name) => `${name}=`),
  ...KERNEL_VERSIONS.map((name) => `kernel=${name}`),
  ...POLICIES2.map((name) => `policy=${name}`)
];
var readSeed = (value2) => readWhole(value2, 0, 4294967295);
function readKernel(value2) {
  const known = KERNEL_VERSIONS.find((each) => each === value2.text);
  if (known !== void 0) return known;
  throw new Mistake(`'${value2.text}' is no kernel (${KERNEL_VERSIONS.join(", ")})`, value2.column);
}
function readPolicy(value2) {
  const known = POLICIES2.find((each) => each === value2.text);
  if (known !== void 0) return known;
  const near = suggestion(value2.text, POLICIES2);
  throw new Mistake(`'${value2.text}' is no policy (${POLICIES2.join(", ")})${near}`, value2.column);
}
function readErrata(value2) {
  const chosen = /* @__PURE__ */ new Set();
  if (value2.text === "" || value2.text === "none") return [];
  for (const name of value2.text.split(",")) {
    const known = ERRATA2.find((each) => each === name);
    const several2 = known !== void 0 ? [known] : Object.hasOwn(ERRATA_SETS2, name) ? ERRATA_SETS2[name] : void 0;
    if (several2 === void 0) {
      const names = [...ERRATA2, ...Object.keys(ERRATA_SETS2)];
      throw new Mistake(
        `'${name}' is no erratum (${names.join(", ")})${suggestion(name, names)}`,
        value2.column
      );
    }
    for (const each of several2) chosen.add(each);
  }
  return ERRATA2.filter((each) => chosen.has(each));
}
var COST2 = "cost.";
var OPTION = word("assignment", ({ text, column }) => {
  const equals = text.indexOf("=");
  if (equals < 1) throw new Mistake(`'${text}' is not OPTION=VALUE, as in memory=1G`, column);
  const key2 = text.slice(0, equals);
  const value2 = { text: text.slice(equals + 1), column: column + equals + 1 };
  return { key: key2, column, options: readOption({ text: key2, column }, value2) };
});
function readOption(key2, value2) {
  const options2 = optionsOf(key2, value2);
  const mistake = optionMistake({ ...DEFAULT_OPTIONS, ...options2 });
  if (mistake !== null) throw new Mistake(mistake, value2.column);
  return options2;
}
function optionsOf(key2, value2) {
  if (key2.text.startsWith(COST2)) {
    const name = key2.text.slice(COST2.length);
    if (Object.hasOwn(DEFAULT_COSTS, name)) return { costs: { [name]: readTime(value2) } };
  } else if (Object.hasOwn(READERS, key2.text)) {
    return READERS[key2.text](value2);
  }
  const keys = [...Object.keys(READERS), ...Object.keys(DEFAULT_COSTS).map((name) => COST2 + name)];
  throw new Mistake(`a machine has no option '${key2.text}'${suggestion(key2.text, keys)}`, key2.column);
}
function optionsFrom(given2) {
  const keys = /* @__PURE__ */ new Set();
  let options2 = {};
  for (const each of given2) {
    if (keys.has(each.key)) throw new Mistake(`'${each.key}' is given twice`, each.column);
    keys.add(each.key);
    options2 = withOptions(options2, each.options);
  }
  return options2;
}
function withOptions(options2, later) {
  const costs = { ...options2.costs, ...later.costs };
  return { ...options2, ...later, ...Object.keys(costs).length > 0 && { costs } };
}

// src/script/package-files.ts
import { dirname, join as join2 } from "node:path";
import { fileURLToPath } from "node:url";

// src/script/boot-script.ts
function bootScriptName(options2) {
  const ofKernel = KERNELS[kernelNamed(options2.kernel ?? DEFAULT_OPTIONS.kernel)].boot;
  if (ofKernel !== null) return ofKernel;
  const { name, boot } = policyNamed2(policyIn2(options2));
  return boot ?? `boot-${name}.memcg`;
}

// src/script/package-files.ts
var { existsSync } = process.getBuiltinModule("node:fs");
var bootScriptFile = (options2 = {}) => join2(root(), "fixtures", bootScriptName(options2));
function root() {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join2(folder, "package.json")) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

// src/library/emulated-machine.ts
init_script_files();

// src/script/grammar/behaviours.ts
init_units();

// src/script/entry.ts
init_mistake();
function entry(spec) {
  const { word: word2, aliases = [], family, summary, example, parts, build } = spec;
  const signature = signatureOf(parts);
  const parse = (words, column) => {
    try {
      return build(readParts(parts, words), column);
    } catch (error) {
      if (!(error instanceof Misshapen)) throw error;
      throw new Mistake(`${error.message}: ${usageOf(word2, signature)}`, error.column);
    }
  };
  return { word: word2, aliases, family, summary, example, signature, parse };
}

// src/script/kinds.ts
init_errno();

// src/script/condition.ts
init_mistake();

// src/script/paths.ts
init_mistake();
function cgroupPath(text) {
  const isNormal = !text.includes(".") && !text.includes("//") && !text.endsWith("/");
  if (isNormal) return text.startsWith("/") ? text : `/${text}`;
  const parts = [];
  for (const part of text.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}
function readCgroup(word2) {
  if (word2.text === "") throw new Mistake("a cgroup has a name: write / for the root", word2.column);
  return cgroupPath(word2.text);
}
function readFileName(word2, keys) {
  const slash = word2.text.lastIndexOf("/");
  const colon = keys ? word2.text.lastIndexOf(":") : -1;
  const hasKey = colon > slash;
  const name = word2.text.slice(slash + 1, hasKey ? colon : void 0);
  if (name === "") {
    const cgroup2 = slash < 0 ? "" : `: '${word2.text}' names a cgroup, one of its files has to follow`;
    throw new Mistake(`a file has a name${cgroup2}`, word2.column);
  }
  const cgroup = slash < 0 ? null : cgroupPath(word2.text.slice(0, slash));
  return { cgroup, name, key: hasKey ? word2.text.slice(colon + 1) : null };
}
var UNPREFIXED = /* @__PURE__ */ new Set(["tasks", "notify_on_release", "release_agent"]);
var fullName = (name) => name.startsWith("memory.") || name.startsWith("cgroup.") || UNPREFIXED.has(name) ? name : `memory.${name}`;
var shortName = (name) => name.startsWith("memory.") ? name.slice(7) : name;
var join4 = (cgroup, name) => cgroup === "/" ? `/${name}` : `${cgroup}/${name}`;
var parentOf2 = (path) => path.slice(0, Math.max(1, path.lastIndexOf("/")));
var shown = (path) => path === "/" ? "/" : path.slice(1);

// src/script/condition.ts
var OPERATORS = /* @__PURE__ */ new Map([
  ["==", "=="],
  ["!=", "!="],
  ["<=", "<="],
  [">=", ">="],
  ["<", "<"],
  [">", ">"],
  ["-eq", "=="],
  ["-ne", "!="],
  ["-le", "<="],
  ["-ge", ">="],
  ["-lt", "<"],
  ["-gt", ">"]
]);
var OPERATOR_WORDS = [...OPERATORS.keys()];
function splitCondition(word2) {
  const match = /^\s*(\S+?)\s*(==|!=|<=|>=|<|>|\s-(?:eq|ne|le|ge|lt|gt)\s)\s*(.*)$/s.exec(word2.text);
  if (match === null) {
    throw new Mistake(`'${word2.text}' is not FILE OP VALUE, as in 'web/failcnt == 0'`, word2.column);
  }
  return [match[1], match[2].trim(), match[3].trim()].map((text) => ({ text, column: word2.column }));
}
function readCondition(file, operator, value2) {
  const op = OPERATORS.get(operator.text);
  if (op === void 0) {
    throw new Mistake(
      `'${operator.text}' does not compare: use one of ${OPERATOR_WORDS.join(" ")}`,
      operator.column
    );
  }
  const condition = {
    file: readFileName(file, true),
    operator: op,
    value: readValue(value2.text),
    text: `${file.text} ${operator.text} ${value2.text}`
  };
  if (condition.value.kind === "text" && op !== "==" && op !== "!=") {
    throw new Mistake(`'${value2.text}' is not a number: text is compared with == and != only`, value2.column);
  }
  return condition;
}
function readValue(text) {
  if (/^-\d+$/.test(text)) return { kind: "number", number: BigInt(text) };
  const size2 = bytesIn(text);
  return size2 === null ? { kind: "text", text } : { kind: "number", number: size2 };
}
function meets(condition, found) {
  const { operator, value: value2 } = condition;
  if (value2.kind === "text") return found === value2.text === (operator === "==");
  if (!/^-?\d+$/.test(found)) return operator === "!=";
  const number2 = BigInt(found);
  switch (operator) {
    case "==":
      return number2 === value2.number;
    case "!=":
      return number2 !== value2.number;
    case "<":
      return number2 < value2.number;
    case "<=":
      return number2 <= value2.number;
    case ">":
      return number2 > value2.number;
    case ">=":
      return number2 >= value2.number;
  }
}

// src/script/kinds.ts
init_mistake();
var CGROUP = word("cgroup", readCgroup);
var FILE = word("file", (each) => readFileName(each, false));
var FILE_KEY = word("file", (each) => readFileName(each, true));
var TASK2 = word("task", readTask);
var SIZE4 = word("size", readSize);
var PAGES3 = word("size", readPages3);
var TIME2 = word("time", readTime);
var RATE = word("rate", readRate);
var PATTERN = word("pattern", readPattern, {
  choices: ["seq", "random", "zipf=0.99", "hot=10%:90%"]
});
var MODE = word("number", readMode);
var OWNER2 = word("number", readOwner);
var ERRNO = word("errno", readErrno, { choices: Object.keys(ERRNO_TEXT) });
var TEXT = word("text", (each) => each.text, { dashes: true });
var PATH = word("path", filled("path"));
var FORMAT2 = word("format", filled("format"));
var DATA_FILE = word("data-file", filled("data-file"));
var KNOWN = word("known", readKnown, { choices: ["known", "unknown"] });
function readKnown({ text, column }) {
  if (text === "known" || text === "unknown") return text;
  throw new Mistake(`'${text}' is neither known nor unknown`, column);
}
function filled(kind) {
  return ({ text, column }) => {
    if (text === "") throw new Mistake(`a ${kind} can't be empty`, column);
    return text;
  };
}
var whole = (least, most) => word("number", (each) => readWhole(each, least, most), { dashes: least < 0 });
var orAll = (kind) => ({
  ...kind,
  choices: ["all"],
  read: (words) => {
    if (words.peek()?.text !== "all") return kind.read(words);
    words.next("all");
    return null;
  }
});
var CONDITION = {
  kind: "condition",
  read: (words) => {
    const first = words.next("FILE");
    return conditionFrom(first, words) ?? readCondition(first, words.next("OP"), words.next("VALUE"));
  }
};
var AWAITED = {
  kind: "condition",
  read: (words) => {
    const first = words.next("TIME, TASK or a condition");
    const condition = conditionFrom(first, words);
    if (condition !== null) return { for: "condition", condition };
    if (/^[0-9.]/.test(first.text)) return { for: "time", time: readTime(first) };
    if (/[/.:]/.test(first.text)) {
      throw new Mistake(`'${first.text}' is no time and no task: a condition is FILE OP VALUE`, first.column);
    }
    return { for: "task", task: readTask(first) };
  }
};
function conditionFrom(first, words) {
  const second = words.peek();
  if (second !== null && OPERATOR_WORDS.includes(second.text)) {
    return readCondition(first, words.next("OP"), words.next("VALUE"));
  }
  return /[\s=<>!]/.test(first.text) ? readCondition(...splitCondition(first)) : null;
}

// src/script/grammar/behaviours.ts
init_mistake();
var rate = option("--rate", RATE, "SIZE/s", null, "no faster than this");
var TIMES = whole(1, Number.MAX_SAFE_INTEGER);
var READ_SIZE = 128 * 1024;
var BEHAVIOURS = [
  entry({
    word: "alloc",
    family: "behaviours",
    summary: "allocate anonymous memory and touch each of its pages once",
    example: "run hog alloc 32M",
    parts: { pages: one(PAGES3, "SIZE") },
    build: (values) => ({ kind: "alloc", ...values })
  }),
  entry({
    word: "free",
    family: "behaviours",
    summary: "free anonymous memory, the last allocated first",
    example: "run hog free 8M",
    parts: { pages: one(orAll(PAGES3), "SIZE|all") },
    build: (values) => ({ kind: "free", ...values })
  }),
  entry({
    word: "touch",
    family: "behaviours",
    summary: "touch the memory that was allocated or mapped",
    example: "run hog touch all --pattern zipf=0.99 --for 1s",
    parts: {
      pages: one(orAll(PAGES3), "SIZE|all"),
      pattern: option(
        "--pattern",
        PATTERN,
        "PATTERN",
        { kind: "seq" },
        "seq, random, zipf=T or hot=S%:T%"
      ),
      times: option("--times", TIMES, "N", null, "so many times over"),
      forTime: option("--for", TIME2, "TIME", null, "for so long"),
      write: flag("--write", "make the pages dirty"),
      rate
    },
    build: (values, column) => {
      if (values.times !== null && values.forTime !== null) {
        throw new Mistake("touch goes on for so many --times or --for so long, not both", column);
      }
      return { kind: "touch", ...values, times: values.forTime === null ? values.times ?? 1 : null };
    }
  }),
  entry({
    word: "stream",
    family: "behaviours",
    summary: "read or write a file through the page cache",
    example: "run reader stream data.img 512M --times 2",
    parts: {
      file: one(DATA_FILE, "FILE"),
      size: one(SIZE4, "SIZE"),
      write: flag("--write", "write it"),
      random: flag("--random", "its pages in random order"),
      times: option("--times", TIMES, "N", 1, "so many times over"),
      rate,
      at: option("--at", SIZE4, "OFFSET", 0, "from here on"),
      block: option("--bs", SIZE4, "SIZE", READ_SIZE, "bytes moved by one read or write (128K)"),
      noReadahead: flag("--no-readahead", "read nothing ahead")
    },
    build: ({ size: size2, at: at2, block, noReadahead, ...values }, column) => {
      if (block === 0) throw new Mistake("--bs takes a size above 0", column);
      if (at2 + size2 > Number.MAX_SAFE_INTEGER) throw new Mistake("the file would be too large", column);
      const first = pageAt(at2);
      const count2 = size2 === 0 ? pages(0) : pages(pagesOf(at2 + size2) - first);
      return {
        kind: "stream",
        ...values,
        pages: count2,
        at: first,
        block: pagesOf(block),
        readahead: !noReadahead
      };
    }
  }),
  entry({
    word: "map",
    family: "behaviours",
    summary: "mmap the beginning of a file and touch each of its pages once",
    example: "run reader map lib.so 16M",
    parts: { file: one(DATA_FILE, "FILE"), pages: one(PAGES3, "SIZE") },
    build: (values) => ({ kind: "map", ...values })
  }),
  entry({
    word: "trace",
    family: "behaviours",
    summary: "replay recorded page accesses, at their recorded times",
    example: "run reader trace build.csv.zst --asap",
    parts: {
      path: one(PATH, "PATH"),
      format: option("--format", FORMAT2, "F", null, "when the file's name does not tell"),
      asap: flag("--asap", "as fast as the machine goes")
    },
    build: (values) => ({ kind: "trace", ...values })
  }),
  entry({
    word: "sleep",
    family: "behaviours",
    summary: "do nothing for a while",
    example: "start reader sleep 100ms",
    parts: { time: one(TIME2, "TIME") },
    build: (values) => ({ kind: "sleep", ...values })
  })
];
var BY_WORD = new Map(
  BEHAVIOURS.map((each) => [each.word, each])
);
function readBehaviour(words) {
  const { text, column } = words.next("BEHAVIOUR");
  const behaviour = BY_WORD.get(text);
  if (behaviour !== void 0) return behaviour.parse(words, column);
  const known = [...BY_WORD.keys()];
  throw new Mistake(
    `'${text}' is nothing a task can do (${known.join(", ")})${suggestion(text, known)}`,
    column
  );
}

// src/script/grammar/checks.ts
init_mistake();

// src/script/words.ts
init_text();
init_visible();
init_mistake();
var TAB = 9;
var SPACE = 32;
var DOUBLE = 34;
var HASH = 35;
var SINGLE = 39;
function splitWords(line) {
  const words = [];
  let at2 = 0;
  for (; ; ) {
    while (at2 < line.length && isBlank(line.charCodeAt(at2))) at2 += 1;
    if (at2 >= line.length || line.charCodeAt(at2) === HASH) return words;
    const start2 = at2;
    let plain = true;
    for (; at2 < line.length; at2++) {
      const unit = line.charCodeAt(at2);
      if (isBlank(unit)) break;
      if (unit === SINGLE || unit === DOUBLE) {
        plain = false;
        break;
      }
    }
    if (plain) {
      words.push({ text: line.slice(start2, at2), column: start2 + 1 });
    } else {
      const { text, end: end4 } = quotedWord(line, start2);
      words.push({ text, column: start2 + 1 });
      at2 = end4;
    }
  }
}
var isBlank = (unit) => unit === SPACE || unit === TAB;
function quotedWord(line, start2) {
  let text = "";
  let bytes2 = false;
  let at2 = start2;
  while (at2 < line.length && !isBlank(line.charCodeAt(at2))) {
    const unit = line.charCodeAt(at2);
    if (unit === SINGLE) {
      const close2 = line.indexOf("'", at2 + 1);
      if (close2 < 0) throw new Mistake("this ' is never closed", at2 + 1);
      text += line.slice(at2 + 1, close2);
      at2 = close2 + 1;
    } else if (unit === DOUBLE) {
      const string = doubleQuoted(line, at2);
      text += string.text;
      bytes2 ||= string.bytes;
      at2 = string.end;
    } else {
      text += line[at2];
      at2 += 1;
    }
  }
  return { text: bytes2 ? decodeText(encodeText(text)) : text, end: at2 };
}
var ESCAPES = { "\\": "\\", '"': '"', n: "\n", t: "	", "0": "\0" };
function doubleQuoted(line, open3) {
  let text = "";
  let bytes2 = false;
  let at2 = open3 + 1;
  for (; ; ) {
    if (at2 >= line.length) throw new Mistake('this " is never closed', open3 + 1);
    const next = line[at2];
    if (next === '"') return { text, bytes: bytes2, end: at2 + 1 };
    if (next !== "\\") {
      text += next;
      at2 += 1;
      continue;
    }
    const letter = line[at2 + 1] ?? "";
    const character = ESCAPES[letter];
    if (character !== void 0) {
      text += character;
      at2 += 2;
    } else if (letter === "x") {
      const digits2 = line.slice(at2 + 2, at2 + 4);
      if (!/^[0-9a-fA-F]{2}$/.test(digits2))
        throw new Mistake("\\x takes two hexadecimal digits, as in \\x0a", at2 + 1);
      const byte = Number.parseInt(digits2, 16);
      text += String.fromCharCode(byte < 128 ? byte : 56320 + byte);
      bytes2 ||= byte >= 128;
      at2 += 4;
    } else {
      throw new Mistake(`unknown escape \\${letter}: there are \\\\ \\" \\n \\t \\0 and \\xHH`, at2 + 1);
    }
  }
}
function quote(words) {
  return words.map(quoteWord).join(" ");
}
var BARE = /^[\p{L}\p{N}_@%+=:,./<>!-]+$/u;
function quoteWord(word2) {
  if (BARE.test(word2)) return word2;
  if (isPrintable(word2) && !word2.includes("'")) return `'${word2}'`;
  return `"${Array.from(word2, escaped).join("")}"`;
}
function escaped(character) {
  const unit = character.charCodeAt(0);
  if (character === "\\" || character === '"') return `\\${character}`;
  if (character === "\n") return "\\n";
  if (character === "	") return "\\t";
  if (character === "\0") return "\\0";
  if (character.length > 1 || unit < 55296 || unit > 57343) {
    if (isPrintable(character)) return character;
    return Array.from(encodeText(character), (byte) => `\\x${hex(byte)}`).join("");
  }
  return unit >= 56448 && unit <= 56575 ? `\\x${hex(unit - 56320)}` : "\uFFFD";
}
var hex = (byte) => byte.toString(16).padStart(2, "0");

// src/script/grammar/checks.ts
var UNREFUSABLE = /* @__PURE__ */ new Set(["expect", "fails", "print", "include", "machine"]);
function checks(parse) {
  const COMMAND = {
    kind: "command",
    read: (words) => {
      const rest3 = words.rest();
      const command = parse(new Words(rest3));
      if (UNREFUSABLE.has(command.name)) {
        throw new Mistake(`'${command.name}' is nothing that the kernel can refuse`, rest3[0].column);
      }
      return { command, text: quote(rest3.map((each) => each.text)) };
    }
  };
  return [
    entry({
      word: "expect",
      family: "checks",
      summary: "check what a file holds; sizes compare as bytes, and the script goes on",
      example: "expect usage_in_bytes <= 128M",
      parts: { condition: one(CONDITION, "FILE OP VALUE", true) },
      build: (values) => ({ name: "expect", ...values })
    }),
    entry({
      word: "fails",
      family: "checks",
      summary: "check that the kernel refuses a command with this errno",
      example: "fails EINVAL write high_wmark_in_bytes 1T",
      parts: { errno: one(ERRNO, "ERRNO", true), held: one(COMMAND, "COMMAND...") },
      build: ({ errno, held }) => ({ name: "fails", errno, ...held })
    })
  ];
}

// src/script/grammar/faults.ts
init_mistake();
var ACCESS = word("access", ({ text, column }) => {
  if (text !== "read" && text !== "write") throw new Mistake(`'${text}' is not read or write`, column);
  return text;
});
var MANY = Number.MAX_SAFE_INTEGER;
var FAULTS = [
  entry({
    word: "fault",
    family: "faults",
    summary: "let the next read or write of a control file answer an errno; it changes nothing",
    example: "fault limit_in_bytes EBUSY --times 2 --on write",
    parts: {
      file: maybe(FILE, "FILE", null),
      errno: maybe(ERRNO, "ERRNO", null),
      on: option("--on", ACCESS, "read|write", null, "only these (default: both)"),
      after: option("--after", whole(0, MANY), "N", 0, "so many succeed first"),
      times: option("--times", orAll(whole(1, MANY)), "N|all", 1, "so many, or all, instead of the next one"),
      clear: flag("--clear", "take FILE's faults off, or all")
    },
    build: ({ file, errno, clear, ...how }, column) => {
      if (clear) {
        if (errno !== null) throw new Mistake("--clear takes a FILE alone", column);
        return { name: "fault", does: "clear", file };
      }
      if (file === null || errno === null)
        throw new Misshapen(`${file === null ? "FILE" : "ERRNO"} is missing`, column);
      return { name: "fault", does: "set", file, fault: { errno, ...how } };
    }
  }),
  entry({
    word: "faults",
    family: "faults",
    summary: "list the faults that are set",
    example: "faults",
    parts: {},
    build: () => ({ name: "faults" })
  }),
  entry({
    word: "attempt",
    family: "faults",
    summary: "count a read or a write that a mount carries out, against the faults of the file",
    example: "attempt limit_in_bytes read",
    parts: { file: one(FILE, "FILE"), access: one(ACCESS, "read|write") },
    build: (values) => ({ name: "attempt", ...values })
  })
];

// src/script/grammar/files.ts
init_mistake();
var human = flag("-h", "sizes as people read them");
var ASSIGNMENT = word(
  "assignment",
  ({ text, column }) => {
    const equals = text.indexOf("=");
    if (equals < 1) throw new Mistake(`'${text}' is not NAME=VALUE`, column);
    return { name: text.slice(0, equals), value: text.slice(equals + 1), column };
  },
  { dashes: true }
);
var FILE_TIME = whole(0, 2 ** 63);
var NAME = word("file", ({ text, column }) => {
  if (text === "" || text.includes("/")) throw new Mistake(`'${text}' is not a file's name alone`, column);
  return text;
});
var FILES = [
  entry({
    word: "ls",
    family: "files",
    summary: "list the cgroups and files of a cgroup (default: the root)",
    example: "ls -R default",
    parts: { cgroup: maybe(CGROUP, "CGROUP", "/"), recursive: flag("-R", "and of all below it") },
    build: (values) => ({ name: "ls", ...values })
  }),
  entry({
    word: "tree",
    family: "files",
    summary: "show the cgroups below one (default: the root) with usage and marks",
    example: "tree",
    parts: { cgroup: maybe(CGROUP, "CGROUP", "/") },
    build: (values) => ({ name: "tree", ...values })
  }),
  entry({
    word: "cat",
    aliases: ["read"],
    family: "files",
    summary: "print control files; FILE:KEY is one line of a file of names and values",
    example: "cat usage_in_bytes default/memory.stat:cache",
    parts: { files: several(FILE_KEY, "FILE"), human },
    build: (values) => ({ name: "cat", ...values })
  }),
  entry({
    word: "write",
    family: "files",
    summary: "write the bytes of TEXT to a control file, no newline added",
    example: "write high_wmark_in_bytes 64M",
    parts: { file: one(FILE, "FILE", true), text: one(TEXT, "TEXT") },
    build: (values) => ({ name: "write", ...values })
  }),
  entry({
    word: "mkdir",
    family: "files",
    summary: "make cgroups",
    example: "mkdir -p web/db",
    parts: {
      parents: flag("-p", "and those above them; no error if they exist"),
      mode: option("-m", MODE, "MODE", void 0, "permissions, in octal"),
      owner: option("--owner", OWNER2, "UID:GID", void 0, "whose they are"),
      cgroups: several(CGROUP, "CGROUP")
    },
    build: (values) => ({ name: "mkdir", ...values })
  }),
  entry({
    word: "rmdir",
    family: "files",
    summary: "remove cgroups that have no tasks",
    example: "rmdir default",
    parts: { recursive: flag("-r", "those below them first"), cgroups: several(CGROUP, "CGROUP") },
    build: (values) => ({ name: "rmdir", ...values })
  }),
  entry({
    word: "mv",
    family: "files",
    summary: "rename a cgroup within its parent",
    example: "mv default batch",
    parts: { from: one(CGROUP, "CGROUP"), to: one(CGROUP, "NEW") },
    build: (values) => ({ name: "mv", ...values })
  }),
  entry({
    word: "chmod",
    family: "files",
    summary: "set the permissions of a cgroup or a control file, in octal",
    example: "chmod 0600 default/memory.limit_in_bytes",
    parts: { mode: one(MODE, "MODE"), path: one(CGROUP, "PATH") },
    build: (values) => ({ name: "chmod", ...values })
  }),
  entry({
    word: "chown",
    family: "files",
    summary: "set the owner of a cgroup or a control file",
    example: "chown 1000:1000 default",
    parts: { owner: one(OWNER2, "UID:GID"), path: one(CGROUP, "PATH") },
    build: (values) => ({ name: "chown", ...values })
  }),
  entry({
    word: "utimes",
    family: "files",
    summary: "set the times of a cgroup or a control file, in ns since boot",
    example: "utimes 0 1000000000 default",
    parts: { atime: one(FILE_TIME, "ATIME"), mtime: one(FILE_TIME, "MTIME"), path: one(CGROUP, "PATH") },
    build: (values) => ({ name: "utimes", ...values })
  }),
  entry({
    word: "get",
    family: "files",
    summary: "print a cgroup's files as libcgroup's cgget does",
    example: "get -r limit_in_bytes -r failcnt default",
    parts: {
      noHeaders: flag("-n", "without the path"),
      valuesOnly: flag("-v", "without the names"),
      names: options("-r", NAME, "NAME", "this file; may be given again"),
      human,
      cgroups: several(CGROUP, "CGROUP")
    },
    build: (values) => ({ name: "get", ...values })
  }),
  entry({
    word: "set",
    family: "files",
    summary: "write several files, the marks in an order that the kernel allows",
    example: "set default low_wmark_in_bytes=48M high_wmark_in_bytes=56M limit_in_bytes=64M",
    parts: {
      weak: flag("--weak", "not when replay was given --limit"),
      cgroup: one(CGROUP, "CGROUP", true),
      values: several(ASSIGNMENT, "NAME=VALUE")
    },
    build: ({ weak, ...values }) => ({ name: "set", ...values, ...weak && { weak } })
  })
];

// src/script/grammar/processes.ts
init_units();
init_mistake();
var PID = whole(1, 4194304);
var RESIDENT = word("assignment", ({ text, column }) => {
  const match = /^(anon|file|shmem)=(.*)$/.exec(text);
  if (match === null) {
    throw new Mistake(`'${text}' is not anon=SIZE, file=SIZE or shmem=SIZE`, column);
  }
  const size2 = readSize({ text: match[2], column: column + match[1].length + 1 });
  return { [match[1]]: pagesOf(size2) };
});
var all = (given2) => Object.assign({}, ...given2);
var comm = option("--name", TEXT, "NAME", null, "what it is called");
var resident = several(RESIDENT, "KIND=SIZE", { optional: true });
var PROCESSES = [
  entry({
    word: "adopt",
    family: "processes",
    summary: "let a real process join a cgroup, or move it there; what it holds already stays charged elsewhere",
    example: "adopt 4711 default --name python3 anon=8M",
    parts: {
      pid: one(PID, "PID"),
      cgroup: one(CGROUP, "CGROUP"),
      base: resident,
      comm,
      start: option("--start", whole(0, Number.MAX_SAFE_INTEGER), "TICKS", null, "when it was started"),
      parent: option("--parent", PID, "PID", null, "it is a child of this one, and shares what that held")
    },
    build: ({ base, ...values }) => ({ name: "adopt", ...values, base: all(base) })
  }),
  entry({
    word: "proc",
    family: "processes",
    summary: "a sample of a real process: what is new is charged, what is gone uncharged (kinds: anon, file, shmem)",
    example: "proc 4711 anon=28M file=4M shmem=0",
    parts: {
      pid: one(PID, "PID"),
      seen: resident,
      noWait: flag("--no-wait", "don't wait until all is charged")
    },
    build: ({ pid, seen, noWait }) => ({ name: "proc", pid, seen: all(seen), wait: !noWait })
  }),
  entry({
    word: "exec",
    family: "processes",
    summary: "a real process runs another program: all its memory is new from now on",
    example: "exec 4711 --name python3",
    parts: { pid: one(PID, "PID"), comm },
    build: (values) => ({ name: "exec", ...values })
  }),
  entry({
    word: "exit",
    family: "processes",
    summary: "a real process is gone",
    example: "exit 4711",
    parts: { pid: one(PID, "PID") },
    build: (values) => ({ name: "exit", ...values })
  })
];

// src/script/grammar/script.ts
var SCRIPT = [
  entry({
    word: "machine",
    family: "script",
    summary: "the machine to boot, as the first command of a script",
    example: "machine cpus=4 memory=8G swap=1G cost.scan=80ns",
    parts: { given: several(OPTION, "OPTION=VALUE") },
    build: ({ given: given2 }) => ({ name: "machine", options: optionsFrom(given2) })
  }),
  entry({
    word: "print",
    family: "script",
    summary: "print a line",
    example: "print now the limit",
    parts: { words: several(TEXT, "TEXT", { optional: true, last: true }) },
    build: ({ words }) => ({ name: "print", text: words.join(" ") })
  }),
  entry({
    word: "include",
    family: "script",
    summary: "run the lines of another script here; its path is relative to this one",
    example: "include marks.memcg",
    parts: { path: one(PATH, "PATH") },
    build: (values) => ({ name: "include", ...values })
  })
];

// src/script/grammar/tasks.ts
init_mistake();
var BEHAVIOUR = { kind: "behaviour", read: readBehaviour };
var NO_WAIT = flag("--no-wait", "don't wait until it has ended");
var TASKS = [
  entry({
    word: "spawn",
    family: "tasks",
    summary: "make a task in a cgroup (default: the default group)",
    example: "spawn reader default",
    parts: {
      task: one(TASK2, "TASK"),
      cgroup: maybe(CGROUP, "CGROUP", null),
      node: option("--node", whole(0, 63), "N", null, "the NUMA node that it runs on"),
      rereads: option(
        "--rereads",
        KNOWN,
        "known|unknown",
        null,
        "whether it is known which pages it reads again"
      )
    },
    build: (values) => ({ name: "spawn", ...values })
  }),
  entry({
    word: "kill",
    family: "tasks",
    summary: "end a task, stop it (-STOP) or let it go on (-CONT)",
    example: "kill -STOP reader",
    parts: {
      stop: flag("-STOP", "stop it"),
      cont: flag("-CONT", "let it go on"),
      kill: flag("-KILL", "end it (the default)"),
      noWait: NO_WAIT,
      task: one(TASK2, "TASK")
    },
    build: ({ stop: stop2, cont, kill: kill4, noWait, task }, column) => {
      if (Number(stop2) + Number(cont) + Number(kill4) > 1) throw new Mistake("kill sends one signal", column);
      return { name: "kill", task, signal: stop2 ? "STOP" : cont ? "CONT" : "KILL", wait: !noWait };
    }
  }),
  entry({
    word: "attach",
    family: "tasks",
    summary: "move a task into a cgroup; what it was charged stays behind",
    example: "attach reader /",
    parts: { task: one(TASK2, "TASK"), cgroup: one(CGROUP, "CGROUP") },
    build: (values) => ({ name: "attach", ...values })
  }),
  entry({
    word: "renice",
    family: "tasks",
    summary: "set a task's nice value",
    example: "renice reader 10",
    parts: { task: one(TASK2, "TASK"), nice: one(whole(-20, 19), "N") },
    build: (values) => ({ name: "renice", ...values })
  }),
  entry({
    word: "ps",
    family: "tasks",
    summary: "list the tasks",
    example: "ps",
    parts: {},
    build: () => ({ name: "ps" })
  }),
  entry({
    word: "run",
    family: "tasks",
    summary: "let a task do something, to its end",
    example: "run reader stream data.img 512M",
    parts: { task: one(TASK2, "TASK", true), behaviour: one(BEHAVIOUR, "BEHAVIOUR...") },
    build: (values) => ({ name: "run", ...values })
  }),
  entry({
    word: "start",
    family: "tasks",
    summary: "let a task do something in the background",
    example: "start reader stream data.img 512M",
    parts: { task: one(TASK2, "TASK", true), behaviour: one(BEHAVIOUR, "BEHAVIOUR...") },
    build: (values) => ({ name: "start", ...values })
  }),
  entry({
    word: "stop",
    family: "tasks",
    summary: "end what a task is doing; the task stays",
    example: "stop reader",
    parts: { noWait: NO_WAIT, task: one(TASK2, "TASK") },
    build: ({ noWait, task }) => ({ name: "stop", task, wait: !noWait })
  })
];

// src/script/grammar/time.ts
init_mistake();
var TIME_AND_WORLD = [
  entry({
    word: "wait",
    family: "time",
    summary: "wait for a time, for the end of a task's behaviour, or until a condition holds",
    example: "wait 'usage_in_bytes <= 48M' --within 1s",
    parts: {
      awaited: one(AWAITED, "TIME|TASK|'FILE OP VALUE'"),
      within: option("--within", TIME2, "TIME", null, "how long the condition has")
    },
    build: ({ awaited, within: within2 }, column) => {
      if (awaited.for !== "condition") {
        if (within2 !== null) throw new Mistake("--within belongs to a condition", column);
        return { name: "wait", ...awaited };
      }
      if (within2 === null) {
        throw new Mistake("a condition that is waited for takes --within TIME: it may never hold", column);
      }
      return { name: "wait", ...awaited, within: within2 };
    }
  }),
  entry({
    word: "at",
    family: "time",
    summary: "wait until so long after the machine was booted",
    example: "at 10s",
    parts: {
      time: one(TIME2, "TIME"),
      late: flag("--late", "go on at once if that time is over")
    },
    build: ({ time, late }) => ({ name: "at", time, ...late && { late } })
  }),
  entry({
    word: "drop",
    family: "world",
    summary: "drop a file's clean page cache, or every file's",
    example: "drop all",
    parts: { file: one(orAll(DATA_FILE), "FILE|all") },
    build: (values) => ({ name: "drop", ...values })
  }),
  entry({
    word: "sync",
    family: "world",
    summary: "write all dirty pages to the disk",
    example: "sync",
    parts: {},
    build: () => ({ name: "sync" })
  }),
  entry({
    word: "truncate",
    family: "world",
    summary: "cut a file to a size",
    example: "truncate data.img 0",
    parts: { file: one(DATA_FILE, "FILE"), pages: one(PAGES3, "SIZE") },
    build: (values) => ({ name: "truncate", ...values })
  })
];

// src/script/vocabulary.ts
init_mistake();
var VOCABULARY = [
  ...FILES,
  ...TASKS,
  ...PROCESSES,
  ...TIME_AND_WORLD,
  ...FAULTS,
  ...checks(parseCommand),
  ...SCRIPT
];
var BY_WORD2 = new Map(
  VOCABULARY.flatMap((entry2) => [entry2.word, ...entry2.aliases].map((name) => [name, entry2]))
);
var NOTHING4 = { kind: "nothing" };
function parseLine(line) {
  return caught(() => {
    const words = splitWords(line);
    return words.length === 0 ? NOTHING4 : parsed(words);
  });
}
function parsed(words) {
  return { kind: "command", command: parseCommand(new Words(words)), column: words[0].column };
}
function caught(parse) {
  try {
    return parse();
  } catch (error) {
    if (error instanceof Mistake) return { kind: "mistake", mistake: error };
    throw error;
  }
}
function parseCommand(words) {
  const first = words.next("a command");
  const entry2 = BY_WORD2.get(first.text);
  if (entry2 === void 0) {
    if (BEHAVIOURS.some((each) => each.word === first.text)) {
      throw new Mistake(`'${first.text}' is what a task does: run TASK ${first.text} ...`, first.column);
    }
    throw new Mistake(
      `unknown command '${first.text}'${suggestion(first.text, BY_WORD2.keys())}`,
      first.column
    );
  }
  return entry2.parse(words, first.column);
}

// src/script/walk.ts
import { resolve } from "node:path";

// src/script/commands/checks.ts
init_errno();

// src/script/control-file.ts
init_world();
function controlFile(world, { cgroup, name }) {
  return fileOf(cgroup ?? world.group, name);
}
function fileOf(cgroup, name) {
  const full = fullName(name);
  const path = join4(cgroup, full);
  return { cgroup, name: full, path, shown: shown(path) };
}
function contentOf(world, file, verb) {
  const content = world.machine.read(file.path);
  if (content.ok) return { ok: true, text: content.value };
  const why = content.why + (content.errno === "ENOENT" ? missing(world.machine, file) : "");
  return refused(`${verb} ${file.shown}`, { ...content, why });
}
function valueIn(world, name, verb) {
  const file = controlFile(world, name);
  const content = contentOf(world, file, verb);
  if (!content.ok) return content;
  const text = withoutNewline(content.text);
  if (name.key === null) return { ok: true, text };
  const lines = text.split("\n").map((line2) => line2.split(" "));
  const line = lines.find(([key2]) => key2 === name.key);
  if (line !== void 0 && line.length > 1) return { ok: true, text: line.slice(1).join(" ") };
  const near = suggestion(
    name.key,
    lines.filter((each) => each.length > 1).map(([key2]) => key2)
  );
  return failure("mistake", `${verb} ${file.shown}: it has no line '${name.key}'${near}`);
}
var withoutNewline = (text) => text.endsWith("\n") ? text.slice(0, -1) : text;
function missing(machine, file) {
  const names = machine.list(file.cgroup);
  if (!names.ok) return suggestion(shown(file.cgroup), machine.cgroups().map(shown));
  const files4 = names.value.filter((each) => !each.directory).map((each) => shortName(each.name));
  return suggestion(shortName(file.name), files4);
}

// src/script/commands/checks.ts
init_world();
function expect(world, { condition }) {
  const value2 = valueIn(world, condition.file, "expect");
  if (!value2.ok) return value2;
  world.check({ passed: meets(condition, value2.text), text: condition.text, found: value2.text });
  return FINE;
}
function fails(world, { errno, command, text }, execute2) {
  return andThen(execute2(command, world), (outcome) => {
    if (!outcome.ok && outcome.errno === null) return outcome;
    const answer2 = outcome.ok || outcome.errno === null ? null : outcome.errno;
    const found = answer2 === null ? "it succeeded" : `${answer2}: ${ERRNO_TEXT[answer2]}`;
    world.check({ passed: answer2 === errno, text: `fails ${errno} ${text}`, found });
    return FINE;
  });
}

// src/script/human.ts
function humanText(file, key2, text) {
  const sized = (digits2) => markSize(BigInt(digits2));
  if (key2 === null && kindOf2(file) === "lines")
    return text.replace(
      /^(\S+) (\d+)$/gm,
      (line, name, digits2) => kindOf2(name) === "bytes" ? `${name} ${sized(digits2)}` : line
    );
  return kindOf2(key2 ?? file) === "bytes" ? text.replace(/^\d+/, sized) : text;
}
function columns(rows, right) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row2) => row2[i].length)));
  const lines = rows.map(
    (row2) => row2.map((cell, i) => right.has(i) ? cell.padStart(widths[i]) : cell.padEnd(widths[i])).join("  ").trimEnd()
  );
  return `${lines.join("\n")}
`;
}

// src/script/commands/faults.ts
init_world();

// src/script/commands/listing.ts
init_visible();
init_world();
var cat = (world, { files: files4, human: human2 }) => inTurn(files4, (name) => {
  const file = controlFile(world, name);
  return read2(world, file, "cat", () => {
    const content = name.key === null ? contentOf(world, file, "cat") : valueIn(world, name, "cat");
    if (!content.ok) return content;
    const text = human2 ? humanText(file.name, name.key, content.text) : content.text;
    world.print(name.key === null ? text : `${text}
`);
    return FINE;
  });
});
function read2(world, { path, shown: shown2 }, verb, show) {
  if (world.machine.nextFault(path, "read") === null) return show();
  const attempt2 = world.drive({ op: "attempt", path, access: "read" }, `${verb} ${shown2}`);
  return andThen(attempt2, (outcome) => outcome.ok ? show() : outcome);
}
function ls(world, { cgroup, recursive }) {
  const queue = [cgroup];
  for (let path = queue.shift(); path !== void 0; path = queue.shift()) {
    const names = world.machine.list(path);
    if (!names.ok) return refused(`ls ${shown(path)}`, names);
    if (recursive) world.print(`${path === cgroup ? "" : "\n"}${onOneLine(shown(path))}:
`);
    for (const { name, directory: directory2 } of names.value) world.print(`${onOneLine(name)}${directory2 ? "/" : ""}
`);
    const below = names.value.filter((each) => each.directory).map((each) => join4(path, each.name));
    if (recursive) queue.unshift(...below);
  }
  return FINE;
}
var BYTES2 = /[\u{dca0}-\u{dcff}]/gu;
var onOneLine = (name) => isPrintable(name.replace(BYTES2, "")) ? name : quote([name]);
var TREE = {
  USAGE: "usage_in_bytes",
  LOW: "low_wmark_in_bytes",
  HIGH: "high_wmark_in_bytes",
  LIMIT: "limit_in_bytes"
};
var TREE_2 = {
  USAGE: "memory.current",
  LOW: "memory.low",
  HIGH: "memory.high",
  MAX: "memory.max"
};
function tree(world, { cgroup }) {
  const columnsOf2 = cgroupVersionOf(world.machine.options.kernel) === 1 ? TREE : TREE_2;
  const rows = [["CGROUP", ...Object.keys(columnsOf2)]];
  const failed = branch(world, cgroup, "", "", rows, Object.values(columnsOf2));
  if (failed !== null) return failed;
  world.print(columns(rows, /* @__PURE__ */ new Set([1, 2, 3, 4])));
  return FINE;
}
function branch(world, path, lead, indent, rows, files4) {
  const names = world.machine.list(path);
  if (!names.ok) return refused(`tree ${shown(path)}`, names);
  const name = rows.length === 1 ? shown(path) : path.slice(path.lastIndexOf("/") + 1);
  const sizes = files4.map((file) => sizeIn(world, path, file));
  rows.push([lead + onOneLine(name), ...sizes]);
  const below = names.value.filter((each) => each.directory).reverse();
  for (const [i, each] of below.entries()) {
    const last = i === below.length - 1;
    const child = join4(path, each.name);
    const failed = branch(
      world,
      child,
      `${indent}${last ? "\u2514\u2500 " : "\u251C\u2500 "}`,
      `${indent}${last ? "   " : "\u2502  "}`,
      rows,
      files4
    );
    if (failed !== null) return failed;
  }
  return null;
}
function sizeIn(world, cgroup, name) {
  const text = world.machine.read(fileOf(cgroup, name).path);
  if (!text.ok) return "-";
  const value2 = withoutNewline(text.value);
  return /^\d+$/.test(value2) ? markSize(BigInt(value2)) : value2;
}
var get = (world, command) => inTurn(command.cgroups, (cgroup) => {
  const { names, noHeaders } = command;
  const files4 = names.length > 0 ? names.map((name) => fileOf(cgroup, name)) : filesOf2(world, cgroup);
  if (!Array.isArray(files4)) return files4;
  if (!noHeaders) world.print(`${onOneLine(shown(cgroup))}:
`);
  return andThen(
    inTurn(files4, (file) => read2(world, file, "get", () => printFile(world, file, command))),
    (outcome) => {
      if (outcome.ok && !noHeaders) world.print("\n");
      return outcome;
    }
  );
});
function printFile(world, file, { names, valuesOnly, human: human2 }) {
  const content = contentOf(world, file, "get");
  if (!content.ok) return names.length === 0 && content.errno === "EINVAL" ? FINE : content;
  const text = withoutNewline(human2 ? humanText(file.name, null, content.text) : content.text);
  world.print(`${valuesOnly ? "" : `${file.name}: `}${text.replaceAll("\n", "\n	")}
`);
  return FINE;
}
function filesOf2(world, cgroup) {
  const names = world.machine.list(cgroup);
  if (!names.ok) return refused(`get ${shown(cgroup)}`, names);
  return names.value.filter((each) => each.name.startsWith("memory.")).map((each) => fileOf(cgroup, each.name));
}

// src/script/commands/faults.ts
function fault2(world, command) {
  const file = command.file === null ? null : controlFile(world, command.file);
  if (command.does === "clear")
    return world.drive({ op: "clear-faults", path: file?.path ?? null }, "fault --clear");
  const { fault: fault3, file: name } = command;
  const { path, shown: shown2 } = controlFile(world, name);
  return world.drive({ op: "fault", path, ...fault3 }, `fault ${shown2}`);
}
function faults({ machine, print }) {
  const rows = machine.faults().map(({ path, errno, on, after, times }) => [
    onOneLine(shown(path)),
    errno,
    on ?? "both",
    `${after}`,
    times === null ? "all" : `${times}`
  ]);
  print(columns([["FILE", "ERRNO", "ON", "AFTER", "TIMES"], ...rows], /* @__PURE__ */ new Set([3, 4])));
  return FINE;
}
var attempt = (world, { file, access }) => {
  const { path, shown: shown2 } = controlFile(world, file);
  return world.drive({ op: "attempt", path, access }, `${access} ${shown2}`);
};

// src/script/commands/files.ts
init_text();

// src/script/marks.ts
init_text();
var LAST2 = Number.MAX_SAFE_INTEGER;
function inAllowedOrder(writes, current4) {
  const rank = ({ name, value: value2 }) => {
    const turn = controlFileNamed(name)?.turn;
    if (turn === void 0) return LAST2;
    const next = parseWrittenSize(encodeText(value2));
    const now = current4(name);
    if (next === null || now === null || next === now) return Math.min(turn.falls, turn.rises);
    return next < now ? turn.falls : turn.rises;
  };
  return writes.map((write4, index) => ({ write: write4, index, rank: rank(write4) })).sort((a, b) => a.rank - b.rank || a.index - b.index).map(({ write: write4 }) => write4);
}

// src/script/commands/files.ts
init_world();
function write3(world, { file, text }) {
  const target = controlFile(world, file);
  if (text !== "-") return writeTo(world, target, text);
  if (world.input === null) {
    return failure(
      "mistake",
      `write ${target.shown}: '-' is standard input, which a script can't read: write the text`
    );
  }
  return world.input().then((input) => world.drive({ op: "write", path: target.path, data: input }, `write ${target.shown}`));
}
var writeTo = (world, file, text) => world.drive({ op: "write", path: file.path, data: encodeText(text) }, `write ${file.shown}`);
function set(world, { cgroup, values, weak }) {
  if (weak && world.marksGiven) return FINE;
  const all2 = values.map(({ name, value: value2 }) => ({ ...fileOf(cgroup, name), value: value2 }));
  const writes = weak ? all2.filter((file) => isThere2(world, file)) : all2;
  const twice = writes.find((write4, i) => writes.findIndex((each) => each.name === write4.name) !== i);
  if (twice !== void 0) return failure("mistake", `set ${shown(cgroup)}: ${twice.name} is given twice`);
  const current4 = (name) => {
    const text = world.machine.read(join4(cgroup, name));
    return text.ok ? BigInt(withoutNewline(text.value)) : null;
  };
  return inTurn(inAllowedOrder(writes, current4), (each) => writeTo(world, each, each.value));
}
var isThere2 = ({ machine }, { cgroup, path }) => machine.read(path).ok || !machine.list(cgroup).ok;
function mkdir2(world, { cgroups, parents, mode, owner }) {
  const how = { ...mode !== void 0 && { mode }, ...owner !== void 0 && { owner } };
  return inTurn(cgroups, (path) => parents ? mkdirAll(world, path, how) : mkdirOne(world, path, how));
}
var mkdirOne = (world, path, how) => world.drive({ op: "mkdir", path, ...how }, `mkdir ${shown(path)}`);
function mkdirAll(world, path, { mode, owner }) {
  const steps = path.split("/").slice(1).map((_, i, parts) => `/${parts.slice(0, i + 1).join("/")}`);
  const there = new Set(world.machine.cgroups());
  return inTurn(
    steps.filter((step3) => !there.has(step3)),
    (step3) => mkdirOne(world, step3, {
      ...owner !== void 0 && { owner },
      ...mode !== void 0 && step3 === path && { mode }
    })
  );
}
var rmdir2 = (world, { cgroups, recursive }) => inTurn(cgroups, (path) => {
  const below = recursive ? world.machine.cgroups().filter((each) => each.startsWith(join4(path, ""))) : [];
  const depth = (each) => each.split("/").length;
  const order = below.filter((each) => each !== path).sort((a, b) => depth(b) - depth(a));
  return inTurn(
    [...order, path],
    (each) => world.drive({ op: "rmdir", path: each }, `rmdir ${shown(each)}`)
  );
});
var chmod = (world, { mode, path }) => change2(world, path, "chmod", (found) => ({ op: "chmod", path: found, mode }));
var chown = (world, { owner, path }) => change2(world, path, "chown", (found) => ({ op: "chown", path: found, ...owner }));
var utimes = (world, { atime, mtime, path }) => change2(world, path, "utimes", (found) => ({ op: "utimes", path: found, atime, mtime }));
function change2(world, path, verb, by) {
  const isCgroup = world.machine.list(path).ok;
  const found = isCgroup ? path : fileOf(parentOf2(path), path.slice(path.lastIndexOf("/") + 1)).path;
  return world.drive(by(found), `${verb} ${shown(path)}`);
}
var mv = (world, { from, to }) => world.drive({ op: "rename", from, to }, `mv ${shown(from)} ${shown(to)}`);

// src/script/commands/processes.ts
var adopt2 = (world, { pid, cgroup, comm: comm2, start: start2, parent, base }) => world.drive(
  {
    op: "adopt",
    pid,
    cgroup,
    base,
    ...comm2 !== null && { name: comm2 },
    ...start2 !== null && { start: start2 },
    ...parent !== null && { parent }
  },
  `adopt ${pid} into ${shown(cgroup)}`
);
var proc = (world, { pid, seen, wait: wait2 }) => world.drive({ op: "proc", pid, seen, wait: wait2 }, `proc ${pid}`);
var exec = (world, { pid, comm: comm2 }) => world.drive({ op: "exec", pid, ...comm2 !== null && { name: comm2 } }, `exec ${pid}`);
var exit2 = (world, { pid }) => world.drive({ op: "exit", pid }, `exit ${pid}`);

// src/script/commands/tasks.ts
import { basename } from "node:path";
init_units();
init_world();
var spawn2 = (world, { task, cgroup, node, rereads }) => world.drive(
  {
    op: "spawn",
    task,
    cgroup: cgroup ?? world.group,
    ...node !== null && { node },
    ...rereads === "unknown" && { rereads }
  },
  `spawn ${task} in ${shown(cgroup ?? world.group)}`
);
var kill3 = (world, { task, signal: signal2, wait: wait2 }) => named(world, task, world.drive({ op: "kill", task, signal: signal2, wait: wait2 }, `kill -${signal2} ${task}`));
var attach = (world, { task, cgroup }) => named(world, task, world.drive({ op: "attach", task, cgroup }, `attach ${task} to ${shown(cgroup)}`));
var renice = (world, { task, nice }) => named(world, task, world.drive({ op: "renice", task, nice }, `renice ${task}`));
var stop = (world, { task, wait: wait2 }) => named(world, task, world.drive({ op: "stop", task, wait: wait2 }, `stop ${task}`));
function start(world, { name, task, behaviour }) {
  const drive = (ready) => named(world, task, world.drive({ op: name, task, behaviour: ready }, `${name} ${task} ${ready.kind}`));
  return behaviour.kind === "trace" ? andThen(traced(world, task, behaviour), (ready) => ready.ok ? drive(ready.behaviour) : ready) : drive(behaviour);
}
async function traced(world, task, { path, format, asap }) {
  const opened2 = await world.openTrace(task, path, format);
  if (!opened2.ok) return opened2;
  return { ok: true, behaviour: { kind: "trace", source: opened2.source, file: basename(path), asap } };
}
function named(world, task, outcome) {
  return andThen(outcome, (ended) => {
    if (ended.ok || ended.errno !== "ESRCH") return ended;
    const names = world.machine.tasks().filter((each) => each.kind === "task" && !each.killed);
    if (names.some((each) => each.name === task)) return ended;
    const near = nearest2(
      task,
      names.map((each) => each.name)
    );
    return near === null ? ended : { ...ended, why: `${ended.why}${ended.why && ": "}did you mean '${near}'?` };
  });
}
function ps(world) {
  const rows = world.machine.tasks().filter((task) => !task.killed).map((task) => [
    `${task.pid}`,
    task.name,
    onOneLine(task.cgroup),
    task.state,
    `${task.nice}`,
    shortDuration(task.cpu_ns),
    size(task.anon_pages * PAGE_SIZE),
    task.kind === "kthread" ? "[kernel]" : onOneLine(task.behaviour ?? "-")
  ]);
  const header = ["PID", "NAME", "CGROUP", "STATE", "NICE", "CPU", "ANON", "BEHAVIOUR"];
  world.print(columns([header, ...rows], /* @__PURE__ */ new Set([0, 4, 5, 6])));
  return FINE;
}

// src/script/commands/time.ts
init_units();
init_world();
function wait(world, command) {
  switch (command.for) {
    case "time":
      return until(world, "sleep", ns(world.machine.now + command.time), "wait");
    case "task": {
      const { task } = command;
      return named(world, task, world.drive({ op: "wait-task", task }, `wait ${task}`));
    }
    case "condition":
      return waitFor2(world, command);
  }
}
function at(world, { time, late }) {
  const { now } = world.machine;
  if (time < now && late) return FINE;
  if (time < now)
    return failure("mistake", `at ${shortDuration(time)}: that time is over, it is ${shortDuration(now)}`);
  return until(world, "let-pass", time, "at");
}
function until(world, op, time, subject) {
  if (time > Number.MAX_SAFE_INTEGER)
    return failure("mistake", `${subject}: a machine runs for 104 days at most`);
  return world.drive({ op, until: time }, subject);
}
function waitFor2(world, { condition, within: within2 }) {
  const first = valueIn(world, condition.file, "wait");
  if (!first.ok) return first;
  const test = (machine) => {
    const value2 = valueIn({ ...world, machine }, condition.file, "wait");
    return value2.ok && meets(condition, value2.text);
  };
  const subject = `wait ${condition.text}`;
  const waited = world.drive({ op: "wait-until", test, until: ns(world.machine.now + within2) }, subject);
  return andThen(waited, (outcome) => {
    if (outcome.ok || outcome.errno !== "EAGAIN") return outcome;
    const value2 = valueIn(world, condition.file, "wait");
    const found = value2.ok ? `it is ${value2.text}` : value2.message;
    return { ...outcome, message: `${subject}: not within ${shortDuration(within2)}`, why: found };
  });
}
function outside(world, command) {
  switch (command.name) {
    case "drop":
      return world.drive({ op: "drop", file: command.file }, `drop ${command.file ?? "all"}`);
    case "sync":
      return world.drive({ op: "sync" }, "sync");
    case "truncate":
      return world.drive(
        { op: "truncate", file: command.file, pages: command.pages },
        `truncate ${command.file}`
      );
  }
}

// src/script/interpreter.ts
init_world();
var THE_MACHINE_IS_UP = failure(
  "mistake",
  "'machine' is the first command of a script, or none: the machine is up by now"
);
function execute(command, world) {
  switch (command.name) {
    case "write":
      return write3(world, command);
    case "expect":
      return expect(world, command);
    case "run":
    case "start":
      return start(world, command);
    case "wait":
      return wait(world, command);
    case "at":
      return at(world, command);
    case "set":
      return set(world, command);
    case "mkdir":
      return mkdir2(world, command);
    case "rmdir":
      return rmdir2(world, command);
    case "mv":
      return mv(world, command);
    case "chmod":
      return chmod(world, command);
    case "chown":
      return chown(world, command);
    case "utimes":
      return utimes(world, command);
    case "cat":
      return cat(world, command);
    case "get":
      return get(world, command);
    case "ls":
      return ls(world, command);
    case "tree":
      return tree(world, command);
    case "spawn":
      return spawn2(world, command);
    case "kill":
      return kill3(world, command);
    case "attach":
      return attach(world, command);
    case "renice":
      return renice(world, command);
    case "stop":
      return stop(world, command);
    case "proc":
      return proc(world, command);
    case "adopt":
      return adopt2(world, command);
    case "exec":
      return exec(world, command);
    case "exit":
      return exit2(world, command);
    case "ps":
      return ps(world);
    case "drop":
    case "sync":
    case "truncate":
      return outside(world, command);
    case "fault":
      return fault2(world, command);
    case "faults":
      return faults(world);
    case "attempt":
      return attempt(world, command);
    case "fails":
      return fails(world, command, execute);
    case "print":
      world.print(`${command.text}
`);
      return FINE;
    case "machine":
      return THE_MACHINE_IS_UP;
    case "include":
      return failure("mistake", "include: only a script can hold this");
  }
}

// src/script/place.ts
var Place = class {
  file = "command line";
  line = 0;
  column = 0;
  /** The whole line. */
  text = "";
  move(file, line, text) {
    this.file = file;
    this.line = line;
    this.column = 0;
    this.text = text;
    return this;
  }
  get position() {
    return { file: this.file, line: this.line, column: this.column };
  }
  endWith({ kind, message, why, errno }) {
    return { ...this.position, kind, message, why, errno, text: this.text };
  }
  endWithMistake({ message, column }) {
    return { ...this.position, column, kind: "mistake", message, why: "", errno: null, text: this.text };
  }
};

// src/script/recorded.ts
var STATE = /^# State: (?:completed|cut short)$/;
function isOldRecording(lines) {
  if (!STATE.test(lines[0] ?? "")) return false;
  const end4 = lines.findIndex((line) => !line.startsWith("#"));
  const head = lines.slice(0, end4 < 0 ? lines.length : end4).map((line) => line.replace(/^# */, ""));
  return head.join(" ").includes(", recorded by memcg record");
}
var unsaid = (command) => command.name === "spawn" && command.rereads === null ? { ...command, rereads: "unknown" } : command;

// src/script/walk.ts
init_script_files();
init_world();
var MAX_DEPTH = 16;
var INTERRUPTED = failure("interrupted", "interrupted");
function* opened(path, lines) {
  for (; ; ) {
    const some = yield* arrived(lines.next());
    if (some === null) return { path, lines, first: null, fault: null };
    const whole2 = { next: once(some, () => lines.next()), close: () => lines.close() };
    if ("kind" in some) return { path, lines: whole2, first: null, fault: some };
    const first = firstOf(some);
    if (first !== null || some.mistake !== null) return { path, lines: whole2, first, fault: null };
  }
}
function firstOf({ first, lines, parsed: known }) {
  for (const [index, text] of lines.entries()) {
    const parsed3 = known?.[index] ?? parseLine(text);
    if (parsed3.kind === "nothing") continue;
    const isMachine = parsed3.kind === "command" && parsed3.command.name === "machine";
    return { line: first + index, text, machine: isMachine ? parsed3.command.options : null };
  }
  return null;
}
function once(value2, next) {
  let given2 = false;
  return () => {
    if (given2) return next();
    given2 = true;
    return value2;
  };
}
var Walk = class {
  /** Where it is. */
  place = new Place();
  #ground;
  constructor(ground) {
    this.#ground = ground;
  }
  /** A script to its end, on a machine that its first command has booted. */
  script({ path, lines }) {
    return this.#script(lines, { path, outer: [], first: true });
  }
  /** A text of somebody who has a machine. */
  text(text) {
    return this.#script(linesOfText(text), { path: "", outer: [], first: false });
  }
  /** One line; not cut, whatever is in it. */
  line(text) {
    return this.#lines({ first: 1, lines: [text], mistake: null }, { path: "", outer: [], first: false });
  }
  /** A command that stands nowhere. */
  *command(command) {
    this.place.move("command line", 0, "");
    return this.#end(yield* arrived(execute(command, this.#ground.world())));
  }
  /** Where a path leads that the command in hand names. */
  beside(path) {
    const { file } = this.place;
    return file === "" ? resolve(this.#ground.directory ?? "", path) : besideScript(file, path);
  }
  *#script(lines, script) {
    const { path, first: isOutermost } = script;
    const { place: place2 } = this;
    const { rest: rest3 } = this.#ground;
    try {
      for (; ; ) {
        const some = yield* arrived(lines.next());
        if (some === null) return null;
        if ("kind" in some) return (isOutermost ? place2.move(path, 0, "") : place2).endWith(some);
        if (some.first === 1) script.isOldRecording = isOldRecording(some.lines);
        const end4 = yield* this.#lines(some, script);
        if (end4 !== null) return end4;
        if (some.mistake !== null)
          return place2.move(path, some.first + some.lines.length, "").endWithMistake(some.mistake);
        if (rest3 !== void 0) yield* arrived(rest3());
      }
    } finally {
      lines.close();
    }
  }
  *#lines({ first, lines, parsed: known }, script) {
    const { place: place2 } = this;
    const { signal: signal2 } = this.#ground;
    for (let i = 0; i < lines.length; i++) {
      const parsed3 = known?.[i] ?? parseLine(lines[i]);
      if (parsed3.kind === "nothing") continue;
      place2.move(script.path, first + i, lines[i]);
      if (parsed3.kind === "mistake") return place2.endWithMistake(parsed3.mistake);
      place2.column = parsed3.column;
      const { command } = parsed3;
      let end4;
      if (command.name === "include") end4 = yield* this.#include(command.path, script);
      else if (command.name === "machine") end4 = script.first ? null : place2.endWith(THE_MACHINE_IS_UP);
      else {
        const soon2 = execute(script.isOldRecording ? unsaid(command) : command, this.#ground.world());
        end4 = this.#end(soon2 instanceof Promise ? yield soon2 : soon2);
      }
      if (end4 !== null) return end4;
      if (signal2?.aborted) return place2.endWith(INTERRUPTED);
      script.first = false;
    }
    return null;
  }
  #end(outcome) {
    this.#ground.ended?.();
    return outcome.ok ? null : this.place.endWith(outcome);
  }
  *#include(named2, { path, outer }) {
    const target = this.beside(named2);
    const around = path === "" ? outer : [...outer, path];
    const mistake = (message) => this.place.endWith(failure("mistake", message));
    if (around.includes(target))
      return mistake(`${target} includes itself: ${[...around, target].join(" > ")}`);
    if (around.length > MAX_DEPTH) return mistake(`more than ${MAX_DEPTH} scripts within each other`);
    return yield* this.#script(this.#ground.linesOf(target), { path: target, outer: around, first: false });
  }
};

// src/library/boot-options.ts
function machineOptions({ at: at2, boot, group, costs, ...rest3 }) {
  const words = [
    ...Object.entries(rest3).map(([name, value2]) => [name, wordOf(value2)]),
    ...Object.entries(costs ?? {}).map(([name, value2]) => [`cost.${name}`, value2])
  ].flatMap(([name, value2]) => value2 === void 0 ? [] : [`${name}=${value2}`]);
  if (words.length === 0) return {};
  const parsed3 = parseLine(quote(["machine", ...words]));
  const options2 = parsed3.kind === "command" && parsed3.command.name === "machine" ? parsed3.command.options : null;
  const mistake = options2 === null ? parsed3.kind === "mistake" ? parsed3.mistake.message : "no options of a machine" : optionMistake({ ...DEFAULT_OPTIONS, ...options2 });
  if (mistake !== null || options2 === null) throw new RangeError(`bootMachine: ${mistake}`);
  return options2;
}
function wordOf(value2) {
  if (typeof value2 === "boolean") return value2 ? "on" : "off";
  if (typeof value2 === "object") return value2.length === 0 ? "none" : value2.join(",");
  return value2 === void 0 ? void 0 : `${value2}`;
}

// src/library/calls.ts
init_errno();

// src/library/errors.ts
init_errno();
import { getSystemErrorMap, inspect } from "node:util";

// src/kernel/errno-number.ts
var ERRNO_NUMBER = {
  EPERM: 1,
  ENOENT: 2,
  ESRCH: 3,
  EINTR: 4,
  EIO: 5,
  E2BIG: 7,
  EBADF: 9,
  EAGAIN: 11,
  ENOMEM: 12,
  EACCES: 13,
  EFAULT: 14,
  EBUSY: 16,
  EEXIST: 17,
  EXDEV: 18,
  ENODEV: 19,
  ENOTDIR: 20,
  EISDIR: 21,
  EINVAL: 22,
  ENFILE: 23,
  EFBIG: 27,
  ENOSPC: 28,
  ESPIPE: 29,
  ERANGE: 34,
  ENAMETOOLONG: 36,
  ENOTEMPTY: 39,
  EOPNOTSUPP: 95
};

// src/library/errors.ts
var TEXTS = new Map(getSystemErrorMap().values());
function errnoException({ errno, why }, syscall, path, dest) {
  const code = errno === "EOPNOTSUPP" ? "ENOTSUP" : errno;
  const at2 = path === void 0 ? "" : ` '${path}'${dest === void 0 ? "" : ` -> '${dest}'`}`;
  const message = `${code}: ${TEXTS.get(code) ?? "unknown error"}, ${syscall}${at2}`;
  const error = new Error(message, why === "" ? {} : { cause: why });
  return Object.assign(error, {
    errno: -ERRNO_NUMBER[errno],
    code,
    syscall,
    ...path !== void 0 && { path },
    ...dest !== void 0 && { dest }
  });
}
var codeOf = (error) => error instanceof Error && "code" in error && typeof error.code === "string" && isErrno(error.code) ? error.code : null;
function asOf(syscall, path, dest, act) {
  try {
    return act();
  } catch (error) {
    const errno = codeOf(error);
    if (errno === null) throw error;
    throw errnoException({ errno, why: whyOf(error) }, syscall, path, dest);
  }
}
var whyOf = (error) => error instanceof Error && typeof error.cause === "string" ? error.cause : "";
function isDirectory(syscall, path) {
  const [errno, message] = [ERRNO_NUMBER.EISDIR, "is a directory"];
  const text = `Path is a directory: ${syscall} returned EISDIR (${message}) ${path}`;
  const info = { code: "EISDIR", message, path, syscall, errno };
  const code = "ERR_FS_EISDIR";
  return Object.assign(new SystemError(text), { name: "SystemError", code, info, errno, syscall, path });
}
var SystemError = class extends Error {
};
var coded = (error, code) => Object.assign(error, { code });
function wrongType(name, expected, value2) {
  const text = `The "${name}" argument must be ${expected}. Received ${received(value2)}`;
  return coded(new TypeError(text), "ERR_INVALID_ARG_TYPE");
}
var wrongValue = (name, rule, value2) => coded(new TypeError(`The argument '${name}' ${rule}. Received ${inspect(value2)}`), "ERR_INVALID_ARG_VALUE");
var outOfRange = (name, range, value2) => coded(
  new RangeError(`The value of "${name}" is out of range. It must be ${range}. Received ${inspect(value2)}`),
  "ERR_OUT_OF_RANGE"
);
function received(value2) {
  if (value2 === null || value2 === void 0) return `${value2}`;
  if (typeof value2 === "function") return `function ${value2.name}`;
  if (typeof value2 === "object") {
    const { name } = value2.constructor ?? {};
    return name === void 0 ? inspect(value2, { depth: -1 }) : `an instance of ${name}`;
  }
  return `type ${typeof value2} (${inspect(value2)})`;
}

// src/library/calls.ts
var FIRST_FD = 1e6;
var DEV = 27;
var DEV_AROUND = 25;
var Calls = class {
  #reach;
  #who;
  mount;
  #finish;
  constructor(reach, who, mount, finish) {
    this.#reach = reach;
    this.#who = who;
    this.mount = mount;
    this.#finish = finish;
  }
  /** The machine may be another from call to call. */
  get #vfs() {
    return this.#reach();
  }
  open(path, flags) {
    return FIRST_FD + this.#at(path, "open", (inside) => this.#vfs.open(inside, flags));
  }
  close(fd) {
    value(this.#vfs.close(fd - FIRST_FD), "close");
  }
  read(fd, count2, position) {
    const own5 = fd - FIRST_FD;
    return value(
      position === null ? this.#vfs.read(own5, count2) : this.#vfs.pread(own5, count2, position),
      "read"
    );
  }
  /** Takes all bytes. */
  write(fd, data, position) {
    const own5 = fd - FIRST_FD;
    const begun = position === null ? this.#vfs.write(own5, data) : this.#vfs.pwrite(own5, data, position);
    value(this.#finish(begun), "write");
  }
  stat(target, syscall) {
    if (typeof target === "number") return { ...value(this.#vfs.stat(target - FIRST_FD), syscall), dev: DEV };
    return this.#at(
      target,
      syscall,
      (inside) => withDev(this.#vfs.stat(inside)),
      () => done(AROUND)
    );
  }
  statfs(path) {
    return this.#at(path, "statfs", (inside) => {
      const there = this.#vfs.stat(inside);
      return there.ok ? done(this.#vfs.statfs()) : there;
    });
  }
  /** access(2): F_OK is 0. */
  access(path, mode) {
    this.#at(
      path,
      "access",
      (inside) => {
        const stat4 = this.#vfs.stat(inside);
        return stat4.ok ? mayAccess(stat4.value, mode, this.#who) : stat4;
      },
      () => mayAccess(AROUND, mode, this.#who)
    );
  }
  /** Without . and .., in the kernel's order. */
  readdir(path, syscall) {
    return this.#at(
      path,
      syscall,
      (inside) => {
        const listed2 = this.#vfs.readdir(inside);
        return listed2.ok ? done(listed2.value.filter(({ name }) => name !== "." && name !== "..")) : listed2;
      },
      (holds2) => done([{ name: holds2, directory: true }])
    );
  }
  mkdir(path, mode) {
    this.#at(
      path,
      "mkdir",
      (inside) => this.#vfs.mkdir(inside, mode),
      () => refuse("EEXIST")
    );
  }
  rmdir(path) {
    const begin4 = (inside) => this.#finish(this.#vfs.rmdir(inside));
    this.#at(path, "rmdir", begin4, () => refuse("EBUSY", "the mount point is below it"));
  }
  unlink(path) {
    this.#at(
      path,
      "unlink",
      (inside) => this.#vfs.unlink(inside),
      () => refuse("EISDIR")
    );
  }
  rename(from, to) {
    this.#two(from, to, "rename", (source, target) => this.#vfs.rename(source, target));
  }
  link(from, to) {
    this.#two(from, to, "link", (source, target) => this.#vfs.link(source, target));
  }
  symlink(target, path) {
    const place2 = this.mount.find(path);
    const elsewhere = place2.where === "nowhere" ? refuse("ENOENT") : refuse("EEXIST");
    const result = place2.where === "inside" ? this.#vfs.symlink(target, place2.path) : elsewhere;
    value(result, "symlink", target, path);
  }
  chmod(target, mode, syscall) {
    this.#change(target, syscall, (own5) => this.#vfs.chmod(own5, mode));
  }
  chown(target, uid, gid, syscall) {
    const id = (given2) => given2 === -1 || given2 === 4294967295 ? null : given2;
    this.#change(target, syscall, (own5) => this.#vfs.chown(own5, id(uid), id(gid)));
  }
  /** Times in ns since boot. */
  utimes(target, atime, mtime, syscall) {
    this.#change(target, syscall, (own5) => this.#vfs.utimes(own5, atime, mtime));
  }
  ftruncate(fd, size2) {
    value(this.#vfs.truncate(fd - FIRST_FD, size2), "ftruncate");
  }
  fsync(fd, syscall) {
    value(this.#vfs.fsync(fd - FIRST_FD), syscall);
  }
  #change(target, syscall, change3) {
    if (typeof target === "number") value(change3(target - FIRST_FD), syscall);
    else this.#at(target, syscall, change3, () => refuse("EACCES", this.#alone()));
  }
  #two(from, to, syscall, act) {
    const [source, target] = [this.mount.find(from), this.mount.find(to)];
    const elsewhere = [source, target].some(({ where }) => where === "nowhere") ? "ENOENT" : "EXDEV";
    const bothInside = source.where === "inside" && target.where === "inside";
    value(bothInside ? act(source.path, target.path) : refuse(elsewhere), syscall, from, to);
  }
  #alone() {
    return `there is nothing here but what leads to ${this.mount.outside("/")}`;
  }
  /** `above`: what is to be done on the way to the mount point; left out: it is refused. */
  #at(path, syscall, inside, above = null) {
    const place2 = this.mount.find(path);
    if (place2.where === "inside") return value(inside(place2.path), syscall, path);
    if (place2.where === "above")
      return value(above === null ? refuse("EACCES", this.#alone()) : above(place2.holds), syscall, path);
    const creates = syscall === "mkdir" && place2.parent;
    throw errnoException(creates ? refuse("EACCES", this.#alone()) : refuse("ENOENT"), syscall, path);
  }
};
function value(result, syscall, path, dest) {
  if (result.ok) return result.value;
  throw errnoException(result, syscall, path, dest);
}
function mayAccess(stat4, mode, who) {
  const runnable = (stat4.mode & 73) !== 0 || (stat4.mode & S_IFDIR) !== 0;
  if ((mode & MAY_EXEC) !== 0 && !runnable) return refuse("EACCES", "nobody may run it");
  return mode === 0 ? OK : permission(stat4, mode, who);
}
var withDev = (stat4) => stat4.ok ? done({ ...stat4.value, dev: DEV }) : stat4;
var AROUND = {
  dev: DEV_AROUND,
  ino: 1,
  mode: S_IFDIR | 493,
  nlink: 3,
  uid: 0,
  gid: 0,
  size: 0,
  atime: 0,
  mtime: 0,
  ctime: 0,
  blocks: 0,
  blksize: 4096
};

// src/library/lines.ts
init_script_files();
init_world();
var ScriptError = class extends Error {
  name = "ScriptError";
  kind;
  /** Of the emulated kernel; null unless it refused. */
  code;
  /** The line as it was written. */
  line;
  constructor(kind, line, message, why, code) {
    super(why === "" ? message : `${message}: ${why}`);
    this.kind = kind;
    this.line = line;
    this.code = code;
  }
};
function* obeyed({ machine, group, driver, traces }, walked) {
  let output = "";
  const unmet = [];
  const world = {
    machine,
    group,
    input: null,
    drive: (operation, subject) => andThen(driver.drive(operation), (ended) => outcomeOf(ended, subject)),
    print: (text) => {
      output += text;
    },
    check: ({ passed, text, found }) => {
      const line = walk.place.text;
      if (!passed) unmet.push({ line, text: `${line.trim()}: ${text}: ${found}` });
    },
    openTrace: (_task, path, format) => traces.open(walk.beside(path), format)
  };
  const walk = new Walk({
    world: () => world,
    linesOf: (path) => linesOf(path, null)
  });
  const end4 = yield* walked(walk);
  if (end4 !== null) throw scriptError(end4);
  return { output, unmet };
}
function scriptError({ kind, file, line, message, why, errno, text }) {
  const place2 = file !== "" && line > 0 ? `${file}:${line}: ` : "";
  const said = why === "" && kind === "mistake" && text !== "" ? `in '${text}'` : why;
  return new ScriptError(kind, text, `${place2}${message}`, said, errno);
}
function met({ output, unmet }) {
  if (unmet.length === 0) return output;
  throw new ScriptError("expectation", unmet[0].line, unmet.map(({ text }) => text).join("\n"), "", null);
}
var needsTime = () => new TypeError("a trace is read from a file: run it with run(), and await that");

// src/library/mount-point.ts
init_text();
import { normalize } from "node:path/posix";
var NOWHERE = { where: "nowhere", parent: false };
var PATH_MAX2 = 4096;
var MountPoint = class {
  /** Absolute, without a slash at its end; '' is the root. */
  path;
  #names;
  /** Throws a RangeError unless `at` is absolute and has no . or .. in it. */
  constructor(at2) {
    const names = at2.split("/").filter((name) => name !== "");
    if (!at2.startsWith("/") || names.includes(".") || names.includes("..") || at2.includes("\0"))
      throw new RangeError(`at: '${at2}': a mount point is an absolute path without . and ..`);
    this.#names = names;
    this.path = names.map((name) => `/${name}`).join("");
  }
  /** The program's path of one of the machine's. */
  outside(path) {
    return path === "/" ? this.path || "/" : `${this.path}${path}`;
  }
  /** The program's path without . and .. in it; a relative one goes out from the mount point. */
  absolute(path) {
    const whole2 = normalize(path.startsWith("/") ? path : `${this.path}/${path}`);
    return whole2 === "/" ? whole2 : whole2.replace(/\/$/, "");
  }
  /** A relative path goes out from the mount point. */
  find(path) {
    if (path === "" || isLongerThan(path, PATH_MAX2 - 1)) return { where: "inside", path };
    if (!path.startsWith("/")) return { where: "inside", path: `/${path}` };
    const names = path.split("/").filter((name) => name !== "");
    let matched = 0;
    let at2 = 0;
    for (; at2 < names.length && matched < this.#names.length; at2 += 1) {
      const name = names[at2];
      if (name === ".") continue;
      if (name === "..") matched = Math.max(0, matched - 1);
      else if (name === this.#names[matched]) matched += 1;
      else return at2 === names.length - 1 ? { where: "nowhere", parent: true } : NOWHERE;
    }
    if (matched < this.#names.length) return { where: "above", holds: this.#names[matched] };
    const inner = names.slice(at2);
    const left2 = this.#leaves(inner);
    if (left2 !== null) return this.find(`/${[...this.#names.slice(0, -1), ...inner.slice(left2)].join("/")}`);
    const slash = inner.length > 0 && path.endsWith("/") ? "/" : "";
    return { where: "inside", path: `/${inner.join("/")}${slash}` };
  }
  /** How many of these names lead out through the mount's root; null: none do. */
  #leaves(inner) {
    if (this.#names.length === 0) return null;
    let depth = 0;
    for (const [index, name] of inner.entries()) {
      if (name === "..") depth -= 1;
      else if (name !== ".") depth += 1;
      if (depth < 0) return index + 1;
    }
    return null;
  }
};

// src/library/constants.ts
var O_SYNC = 1052672;
var constants2 = {
  F_OK: 0,
  X_OK: 1,
  W_OK: 2,
  R_OK: 4,
  O_RDONLY,
  O_WRONLY,
  O_RDWR,
  O_CREAT,
  O_EXCL,
  O_NOCTTY: 256,
  O_TRUNC,
  O_APPEND,
  O_NONBLOCK: 2048,
  O_DSYNC: 4096,
  O_DIRECT,
  O_DIRECTORY,
  O_NOFOLLOW: 131072,
  O_NOATIME: 262144,
  O_SYNC,
  S_IFMT,
  S_IFREG,
  S_IFDIR,
  S_IFCHR: 8192,
  S_IFBLK: 24576,
  S_IFIFO: 4096,
  S_IFLNK: 40960,
  S_IFSOCK: 49152,
  S_IRWXU: 448,
  S_IRUSR: 256,
  S_IWUSR: 128,
  S_IXUSR: 64,
  S_IRWXG: 56,
  S_IRGRP: 32,
  S_IWGRP: 16,
  S_IXGRP: 8,
  S_IRWXO: 7,
  S_IROTH: 4,
  S_IWOTH: 2,
  S_IXOTH: 1,
  COPYFILE_EXCL: 1
};
var WRITE2 = O_WRONLY | O_CREAT | O_TRUNC;
var APPEND = O_WRONLY | O_CREAT | O_APPEND;
var WRITE_PLUS = O_RDWR | O_CREAT | O_TRUNC;
var APPEND_PLUS = O_RDWR | O_CREAT | O_APPEND;
var FLAGS2 = /* @__PURE__ */ new Map([
  ["r", O_RDONLY],
  ["rs", O_RDONLY | O_SYNC],
  ["sr", O_RDONLY | O_SYNC],
  ["r+", O_RDWR],
  ["rs+", O_RDWR | O_SYNC],
  ["sr+", O_RDWR | O_SYNC],
  ["w", WRITE2],
  ["wx", WRITE2 | O_EXCL],
  ["xw", WRITE2 | O_EXCL],
  ["w+", WRITE_PLUS],
  ["wx+", WRITE_PLUS | O_EXCL],
  ["xw+", WRITE_PLUS | O_EXCL],
  ["a", APPEND],
  ["ax", APPEND | O_EXCL],
  ["xa", APPEND | O_EXCL],
  ["as", APPEND | O_SYNC],
  ["sa", APPEND | O_SYNC],
  ["a+", APPEND_PLUS],
  ["ax+", APPEND_PLUS | O_EXCL],
  ["xa+", APPEND_PLUS | O_EXCL],
  ["as+", APPEND_PLUS | O_SYNC],
  ["sa+", APPEND_PLUS | O_SYNC]
]);
function flagsOf(flags, otherwise) {
  const given2 = flags ?? otherwise;
  if (typeof given2 === "number") return given2;
  if (typeof given2 !== "string") throw wrongType("flags", "of type string or number", given2);
  const known = FLAGS2.get(given2);
  if (known === void 0) throw wrongValue("flags", "is invalid", given2);
  return known;
}

// src/library/file-handle.ts
import { createInterface } from "node:readline";

// src/library/arguments.ts
init_text();
import { fileURLToPath as fileURLToPath2 } from "node:url";
function pathOf2(value2, name = "path") {
  const path = value2 instanceof URL ? fileURLToPath2(value2) : value2;
  const text = typeof path === "string" ? wellFormed(path) : path instanceof Uint8Array ? decodeText(path) : null;
  if (text === null) throw wrongType(name, "of type string or an instance of Buffer or URL", value2);
  if (text.includes("\0"))
    throw wrongValue(name, "must be a string, Uint8Array, or URL without null bytes", value2);
  return text;
}
var wellFormed = (text) => text.isWellFormed() ? text : text.toWellFormed();
var MAX_FD = 2 ** 31 - 1;
function fdOf(value2) {
  if (typeof value2 !== "number") throw wrongType("fd", "of type number", value2);
  if (!Number.isInteger(value2)) throw outOfRange("fd", "an integer", value2);
  if (value2 < 0 || value2 > MAX_FD) throw outOfRange("fd", `>= 0 && <= ${MAX_FD}`, value2);
  return value2;
}
function optionsOf2(value2) {
  if (value2 === null || value2 === void 0 || typeof value2 === "function") return {};
  if (typeof value2 === "string") return { encoding: encodingOf(value2) };
  if (typeof value2 !== "object") throw wrongType("options", "of type string or an instance of Object", value2);
  const options2 = { ...value2 };
  if (options2["encoding"] !== void 0) encodingOf(options2["encoding"]);
  return options2;
}
function encodingOf(value2) {
  if (value2 === null || value2 === void 0) return null;
  if (value2 === "buffer") return value2;
  if (typeof value2 === "string" && Buffer.isEncoding(value2)) return value2;
  throw wrongValue("encoding", "is invalid encoding", value2);
}
function bytesOf2(value2, encoding, name) {
  if (typeof value2 === "string") {
    const chosen = encodingOf(encoding);
    return Buffer.from(value2, chosen === null || chosen === "buffer" ? "utf8" : chosen);
  }
  const bytes2 = viewOf(value2);
  if (bytes2 !== null) return bytes2;
  throw wrongType(name, "of type string or an instance of Buffer, TypedArray, or DataView", value2);
}
var viewOf = (value2) => ArrayBuffer.isView(value2) ? new Uint8Array(value2.buffer, value2.byteOffset, value2.byteLength) : null;
function viewsOf(value2) {
  const views = Array.isArray(value2) ? value2.map(viewOf).filter((view) => view !== null) : null;
  if (views !== null && Array.isArray(value2) && views.length === value2.length) return views;
  throw wrongType("buffers", "an ArrayBufferView[]", value2);
}
function modeOf(value2, otherwise) {
  if (value2 === null || value2 === void 0) return otherwise;
  if (typeof value2 === "number" && Number.isInteger(value2) && value2 >= 0) return value2;
  if (typeof value2 === "string" && /^[0-7]+$/.test(value2)) return Number.parseInt(value2, 8);
  if (typeof value2 !== "string" && typeof value2 !== "number")
    throw wrongType("mode", "of type number", value2);
  throw wrongValue("mode", "must be a 32-bit unsigned integer or an octal string", value2);
}
function timeOf(value2) {
  const seconds = value2 instanceof Date ? value2.getTime() / 1e3 : typeof value2 === "string" ? Number(value2) : value2;
  if (typeof seconds === "number" && Number.isFinite(seconds)) return Math.round(seconds * 1e9);
  throw wrongType("time", "of type number or string or an instance of Date", value2);
}
function positionOf(value2) {
  if (typeof value2 === "bigint") return value2 < 0n ? null : Number(value2);
  return typeof value2 === "number" && value2 >= 0 ? value2 : null;
}
function spanOf(buffer, ...rest3) {
  const view = viewOf(buffer);
  if (view === null) throw wrongType("buffer", "an instance of Buffer, TypedArray, or DataView", buffer);
  const [first] = rest3;
  const [offset, length, position] = typeof first === "object" && first !== null ? [optionsOf2(first)["offset"], optionsOf2(first)["length"], optionsOf2(first)["position"]] : rest3;
  const from = indexOf("offset", offset ?? 0, view.byteLength);
  const count2 = indexOf("length", length ?? view.byteLength - from, view.byteLength - from);
  return { bytes: view.subarray(from, from + count2), position: positionOf(position) };
}
function indexOf(name, value2, most) {
  if (typeof value2 !== "number") throw wrongType(name, "of type number", value2);
  if (!Number.isInteger(value2) || value2 < 0 || value2 > most)
    throw outOfRange(name, `>= 0 && <= ${most}`, value2);
  return value2;
}

// src/library/streams.ts
import * as nodeFs from "node:fs";
function streamsOf({ open: open3, close: close2, read: read3, write: write4, writev, fsync }) {
  const fs = { open: open3, close: close2, read: read3, write: write4, writev, fsync };
  return {
    createReadStream: (path, options2) => nodeFs.createReadStream(path, { ...optionsOf2(options2), fs }),
    createWriteStream: (path, options2) => nodeFs.createWriteStream(path, { ...optionsOf2(options2), fs })
  };
}

// src/library/file-handle.ts
var FileHandle = class {
  #fs;
  #streams;
  #fd;
  constructor(fs, callbacks, fd) {
    this.#fs = fs;
    this.#streams = streamsOf({ ...callbacks, close: (_fd, tell2) => this.#closeFor(tell2) });
    this.#fd = fd;
  }
  /** -1 when it is closed. */
  get fd() {
    return this.#fd;
  }
  async close() {
    if (this.#fd < 0) return;
    const fd = this.#fd;
    this.#fd = -1;
    this.#fs.closeSync(fd);
  }
  async [Symbol.asyncDispose]() {
    await this.close();
  }
  /** (buffer, offset, length, position), (buffer, options), or ({ buffer, offset, length, position }). */
  async read(first, ...rest3) {
    const fd = this.#open("read");
    const options2 = viewOf(first) === null ? optionsOf2(first) : {};
    const buffer = viewOf(first) === null ? options2["buffer"] ?? Buffer.alloc(16384) : first;
    const span = viewOf(first) === null ? [options2] : rest3;
    return { bytesRead: this.#fs.readSync(fd, buffer, ...span), buffer };
  }
  /** (string, position, encoding), (buffer, offset, length, position), or (buffer, options). */
  async write(data, ...rest3) {
    const fd = this.#open("write");
    if (viewOf(data)?.length === 0) return { bytesWritten: 0, buffer: data };
    return { bytesWritten: this.#fs.writeSync(fd, data, ...rest3), buffer: data };
  }
  async readFile(options2) {
    return this.#fs.readFileSync(this.#open("read"), options2);
  }
  async writeFile(data, options2) {
    this.#fs.writeFileSync(this.#open("write"), data, options2);
  }
  async appendFile(data, options2) {
    this.#fs.appendFileSync(this.#open("write"), data, options2);
  }
  async readv(buffers, position) {
    return { bytesRead: this.#fs.readvSync(this.#open("readv"), buffers, position), buffers };
  }
  async writev(buffers, position) {
    return { bytesWritten: this.#fs.writevSync(this.#open("writev"), buffers, position), buffers };
  }
  /** It closes the file at its end, unless it is told not to. */
  createReadStream(options2) {
    return this.#streams.createReadStream("", { ...optionsOf2(options2), fd: this.#fd });
  }
  createWriteStream(options2) {
    return this.#streams.createWriteStream("", { ...optionsOf2(options2), fd: this.#fd });
  }
  readLines(options2) {
    return createInterface({ input: this.createReadStream(options2), crlfDelay: Infinity });
  }
  async stat(options2) {
    return this.#fs.fstatSync(this.#open("fstat"), options2);
  }
  async chmod(mode) {
    this.#fs.fchmodSync(this.#open("fchmod"), mode);
  }
  async chown(uid, gid) {
    this.#fs.fchownSync(this.#open("fchown"), uid, gid);
  }
  async utimes(atime, mtime) {
    this.#fs.futimesSync(this.#open("futime"), atime, mtime);
  }
  async truncate(length) {
    this.#fs.ftruncateSync(this.#open("ftruncate"), length);
  }
  async sync() {
    this.#fs.fsyncSync(this.#open("fsync"));
  }
  async datasync() {
    this.#fs.fdatasyncSync(this.#open("fdatasync"));
  }
  #closeFor(tell2) {
    this.close().then(() => tell2(null), tell2);
  }
  #open(syscall) {
    if (this.#fd >= 0) return this.#fd;
    throw Object.assign(new Error("file closed"), { code: "EBADF", syscall });
  }
};

// src/library/sync.ts
import { randomBytes } from "node:crypto";
import { dirname as dirname3, join as join5 } from "node:path/posix";
init_text();

// src/library/composed.ts
function composed(calls) {
  const inTurn2 = (buffers, given2, call) => {
    const parts = viewsOf(buffers);
    const position = positionOf(given2);
    let total = 0;
    if (parts.every(({ length }) => length === 0)) return total;
    for (const [index, part] of parts.entries()) {
      let count2;
      try {
        count2 = call(part, position === null ? null : position + total);
      } catch (error) {
        if (index === 0) throw error;
        break;
      }
      total += count2;
      if (count2 < part.length) break;
    }
    return total;
  };
  return {
    /**
     * As libuv copies: so many bytes as the file has by its size. A control file's size is 0, so it copies nothing
     * but the mode, and a file that is not there can't be made.
     */
    copyFileSync: (from, to, mode) => {
      const [source, target] = [pathOf2(from, "src"), pathOf2(to, "dest")];
      const exclusive = (modeOf(mode, 0) & constants2.COPYFILE_EXCL) === 0 ? 0 : constants2.O_EXCL;
      asOf("copyfile", source, target, () => {
        const fd = calls.open(source, constants2.O_RDONLY);
        try {
          const copy2 = calls.open(target, constants2.O_WRONLY | constants2.O_CREAT | exclusive);
          try {
            const { dev, ino, mode: mode2 } = calls.stat(fd, "fstat");
            const there = calls.stat(copy2, "fstat");
            if (there.dev === dev && there.ino === ino) return;
            calls.ftruncate(copy2, 0);
            calls.chmod(copy2, mode2, "fchmod");
          } finally {
            calls.close(copy2);
          }
        } finally {
          calls.close(fd);
        }
      });
    },
    readvSync: (fd, buffers, position) => {
      const own5 = fdOf(fd);
      return inTurn2(buffers, position, (bytes2, at2) => {
        const read3 = calls.read(own5, bytes2.length, at2);
        bytes2.set(read3);
        return read3.length;
      });
    },
    /**
     * As Node goes about it: with `recursive`, the directory before what is in it. So a group goes whose files nobody
     * can remove, and one that holds groups is busy.
     */
    rmSync: (path, options2) => {
      const name = pathOf2(path);
      const { force, recursive } = optionsOf2(options2);
      try {
        const isGroup = (calls.stat(name, "lstat").mode & S_IFDIR) !== 0;
        if (!isGroup) calls.unlink(name);
        else if (recursive === true) calls.rmdir(name);
        else throw isDirectory("rm", name);
      } catch (error) {
        if (force !== true || codeOf(error) !== "ENOENT") throw error;
      }
    },
    writevSync: (fd, buffers, position) => {
      const own5 = fdOf(fd);
      return inTurn2(buffers, position, (bytes2, at2) => {
        calls.write(own5, bytes2, at2);
        return bytes2.length;
      });
    }
  };
}

// src/library/stats.ts
var NS_PER_MS = 1e6;
var Stats = class {
  #type;
  constructor(mode) {
    this.#type = mode & S_IFMT;
  }
  isFile() {
    return this.#type === S_IFREG;
  }
  isDirectory() {
    return this.#type === S_IFDIR;
  }
  isBlockDevice() {
    return false;
  }
  isCharacterDevice() {
    return false;
  }
  isSymbolicLink() {
    return false;
  }
  isFIFO() {
    return false;
  }
  isSocket() {
    return false;
  }
};
function statsOf(stat4, big) {
  const { atime, mtime, ctime } = stat4;
  const as = (value2) => big ? BigInt(value2) : value2;
  const ms = (time) => big ? BigInt(Math.floor(time)) / BigInt(NS_PER_MS) : time / NS_PER_MS;
  const times = (suffix, make2) => Object.fromEntries(
    Object.entries({ atime, mtime, ctime, birthtime: ctime }).map(([name, time]) => [
      name + suffix,
      make2(time)
    ])
  );
  return Object.assign(new Stats(stat4.mode), {
    dev: as(stat4.dev),
    mode: as(stat4.mode),
    nlink: as(stat4.nlink),
    uid: as(stat4.uid),
    gid: as(stat4.gid),
    rdev: as(0),
    blksize: as(stat4.blksize),
    ino: as(stat4.ino),
    size: as(stat4.size),
    blocks: as(stat4.blocks),
    ...times("Ms", ms),
    ...big && times("Ns", (time) => BigInt(Math.floor(time))),
    ...times("", (time) => new Date(Number(ms(time))))
  });
}
var Dirent = class extends Stats {
  name;
  parentPath;
  path;
  constructor(name, parentPath, directory2) {
    super(directory2 ? S_IFDIR : S_IFREG);
    this.name = name;
    this.parentPath = parentPath;
    this.path = parentPath;
  }
};
var Dir = class {
  path;
  #entries;
  #closed = false;
  constructor(path, entries) {
    this.path = path;
    this.#entries = entries.map(({ name, directory: directory2 }) => new Dirent(name, path, directory2)).values();
  }
  readSync() {
    this.#mustBeOpen();
    const { done: done2, value: value2 } = this.#entries.next();
    return done2 === true ? null : value2;
  }
  async read() {
    return this.readSync();
  }
  closeSync() {
    this.#mustBeOpen();
    this.#closed = true;
  }
  async close() {
    this.closeSync();
  }
  async *[Symbol.asyncIterator]() {
    try {
      for (let entry2 = this.readSync(); entry2 !== null; entry2 = this.readSync()) yield entry2;
    } finally {
      this.closeSync();
    }
  }
  #mustBeOpen() {
    if (this.#closed)
      throw Object.assign(new Error("Directory handle was closed"), { code: "ERR_DIR_CLOSED" });
  }
};

// src/library/sync.ts
var CHUNK = 65536;
function syncFs(calls) {
  const stat4 = (target, syscall, options2) => statsOf(calls.stat(target, syscall), optionsOf2(options2)["bigint"] === true);
  const statByPath = (syscall) => (path, options2) => {
    const asked = optionsOf2(options2);
    try {
      return stat4(pathOf2(path), syscall, options2);
    } catch (error) {
      if (asked["throwIfNoEntry"] === false && codeOf(error) === "ENOENT") return void 0;
      throw error;
    }
  };
  const writeAll = (path, data, options2, flag2) => {
    const { encoding, ...asked } = optionsOf2(options2);
    const bytes2 = bytesOf2(data, encoding, "data");
    const own5 = typeof path !== "number";
    const fd = own5 ? calls.open(pathOf2(path), flagsOf(asked["flag"], flag2)) : fdOf(path);
    try {
      if (bytes2.length > 0) calls.write(fd, bytes2, null);
      if (asked["flush"] === true) calls.fsync(fd, "fsync");
    } finally {
      if (own5) calls.close(fd);
    }
  };
  const readAll = (fd) => {
    const pieces = [];
    for (; ; ) {
      const piece = calls.read(fd, CHUNK, null);
      if (piece.length === 0) return Buffer.concat(pieces);
      pieces.push(piece);
    }
  };
  const realpath = (syscall) => (path) => {
    const name = pathOf2(path);
    calls.stat(name, syscall);
    return calls.mount.absolute(name);
  };
  const truncateSync = (path, length) => {
    const fd = calls.open(pathOf2(path), constants2.O_RDWR);
    try {
      calls.ftruncate(fd, lengthOf2(length));
    } finally {
      calls.close(fd);
    }
  };
  return {
    accessSync: (path, mode) => calls.access(pathOf2(path), modeOf(mode, constants2.F_OK)),
    appendFileSync: (path, data, options2) => writeAll(path, data, options2, "a"),
    chmodSync: (path, mode) => calls.chmod(pathOf2(path), modeOf(mode, 0), "chmod"),
    chownSync: (path, uid, gid) => calls.chown(pathOf2(path), uid, gid, "chown"),
    closeSync: (fd) => calls.close(fdOf(fd)),
    existsSync: (path) => {
      try {
        calls.access(pathOf2(path), constants2.F_OK);
        return true;
      } catch {
        return false;
      }
    },
    fchmodSync: (fd, mode) => calls.chmod(fdOf(fd), modeOf(mode, 0), "fchmod"),
    fchownSync: (fd, uid, gid) => calls.chown(fdOf(fd), uid, gid, "fchown"),
    fdatasyncSync: (fd) => calls.fsync(fdOf(fd), "fdatasync"),
    fstatSync: (fd, options2) => stat4(fdOf(fd), "fstat", options2),
    fsyncSync: (fd) => calls.fsync(fdOf(fd), "fsync"),
    ftruncateSync: (fd, length) => calls.ftruncate(fdOf(fd), lengthOf2(length)),
    futimesSync: (fd, atime, mtime) => calls.utimes(fdOf(fd), timeOf(atime), timeOf(mtime), "futime"),
    lchownSync: (path, uid, gid) => calls.chown(pathOf2(path), uid, gid, "lchown"),
    linkSync: (from, to) => calls.link(pathOf2(from, "existingPath"), pathOf2(to, "newPath")),
    lstatSync: statByPath("lstat"),
    lutimesSync: (path, atime, mtime) => calls.utimes(pathOf2(path), timeOf(atime), timeOf(mtime), "lutime"),
    mkdirSync: (path, options2) => {
      const asked = typeof options2 === "object" ? optionsOf2(options2) : { mode: options2 };
      const mode = modeOf(asked["mode"], 511);
      if (asked["recursive"] === true) return makeAll(calls, pathOf2(path), mode);
      calls.mkdir(pathOf2(path), mode);
      return void 0;
    },
    mkdtempSync: (prefix, options2) => {
      const before3 = pathOf2(prefix, "prefix");
      const path = `${before3}${randomBytes(4).toString("base64url")}`;
      asOf("mkdtemp", `${before3}XXXXXX`, void 0, () => calls.mkdir(path, 448));
      return nameIn(path, encodingOf(optionsOf2(options2)["encoding"]));
    },
    /** The mode would be a new file's: there are none. */
    openSync: (path, flags, mode) => {
      modeOf(mode, 438);
      return calls.open(pathOf2(path), flagsOf(flags, "r"));
    },
    opendirSync: (path) => {
      const name = pathOf2(path);
      return new Dir(name, calls.readdir(name, "opendir"));
    },
    readFileSync: (path, options2) => {
      const asked = optionsOf2(options2);
      const own5 = typeof path !== "number";
      const fd = own5 ? calls.open(pathOf2(path), flagsOf(asked["flag"], "r")) : fdOf(path);
      try {
        const encoding = encodingOf(asked["encoding"]);
        if (encoding === null) calls.stat(fd, "fstat");
        const bytes2 = readAll(fd);
        return encoding === null || encoding === "buffer" ? bytes2 : bytes2.toString(encoding);
      } finally {
        if (own5) calls.close(fd);
      }
    },
    readSync: (fd, buffer, ...rest3) => {
      const { bytes: bytes2, position } = spanOf(buffer, ...rest3);
      const own5 = fdOf(fd);
      if (bytes2.length === 0) return 0;
      const read3 = calls.read(own5, bytes2.length, position);
      bytes2.set(read3);
      return read3.length;
    },
    readdirSync: (path, options2) => listing(calls, pathOf2(path), optionsOf2(options2)),
    /** There are no links. */
    readlinkSync: (path) => {
      const name = pathOf2(path);
      calls.stat(name, "readlink");
      throw errnoException({ errno: "EINVAL", why: "it is no link" }, "readlink", name);
    },
    realpathSync: Object.assign(realpath("lstat"), { native: realpath("realpath") }),
    renameSync: (from, to) => calls.rename(pathOf2(from, "oldPath"), pathOf2(to, "newPath")),
    rmdirSync: (path) => calls.rmdir(pathOf2(path)),
    statSync: statByPath("stat"),
    statfsSync: (path, options2) => {
      const { type: type2, bsize, blocks } = calls.statfs(pathOf2(path));
      const all2 = { type: type2, bsize, blocks, bfree: 0, bavail: 0, files: 0, ffree: 0 };
      if (optionsOf2(options2)["bigint"] !== true) return all2;
      return Object.fromEntries(Object.entries(all2).map(([name, count2]) => [name, BigInt(count2)]));
    },
    symlinkSync: (target, path) => calls.symlink(pathOf2(target, "target"), pathOf2(path)),
    truncateSync: (path, length) => typeof path === "number" ? calls.ftruncate(fdOf(path), lengthOf2(length)) : truncateSync(path, length),
    unlinkSync: (path) => calls.unlink(pathOf2(path)),
    utimesSync: (path, atime, mtime) => calls.utimes(pathOf2(path), timeOf(atime), timeOf(mtime), "utime"),
    writeFileSync: (path, data, options2) => writeAll(path, data, options2, "w"),
    /** (fd, string, position, encoding), or (fd, buffer, offset, length, position). */
    writeSync: (fd, data, ...rest3) => {
      const own5 = fdOf(fd);
      const span = typeof data === "string" ? { bytes: bytesOf2(data, rest3[1], "buffer"), position: positionOf(rest3[0]) } : spanOf(data, ...rest3);
      calls.write(own5, span.bytes, span.position);
      return span.bytes.length;
    },
    ...composed(calls)
  };
}
function lengthOf2(length) {
  if (length === void 0 || length === null) return 0;
  if (typeof length !== "number") throw wrongType("len", "of type number", length);
  return Math.max(0, length);
}
function listing(calls, path, options2) {
  const encoding = encodingOf(options2["encoding"]);
  const found = [];
  const todo = [""];
  for (let below = todo.shift(); below !== void 0; below = todo.shift()) {
    const parent = below === "" ? path : join5(path, below);
    for (const { name, directory: directory2 } of sorted(calls.readdir(parent, "scandir"))) {
      if (options2["recursive"] === true && directory2) todo.push(join5(below, name));
      if (options2["withFileTypes"] !== true) found.push(nameIn(join5(below, name), encoding));
      else if (encoding === "buffer") found.push(new Dirent(nameBytes(name), parent, directory2));
      else found.push(new Dirent(nameBytes(name).toString(encoding ?? "utf8"), parent, directory2));
    }
  }
  return found;
}
var nameBytes = (name) => Buffer.from(encodeText(name));
var nameIn = (name, encoding) => encoding === "buffer" ? nameBytes(name) : nameBytes(name).toString(encoding ?? "utf8");
var sorted = (entries) => [...entries].sort((a, b) => Buffer.compare(nameBytes(a.name), nameBytes(b.name)));
function makeAll(calls, path, mode) {
  const toMake = [calls.mount.absolute(path)];
  let first;
  for (let next = toMake.pop(); next !== void 0; next = toMake.pop()) {
    const errno = tried(calls, next, mode);
    if (errno === null) first ??= next;
    else if (errno === "ENOENT" && next !== "/") toMake.push(next, dirname3(next));
    else if (errno !== "EEXIST") throw errnoException({ errno, why: "" }, "mkdir", path);
    else if ((calls.stat(next, "mkdir").mode & S_IFDIR) === 0) {
      const inTheWay = toMake.length > 0 ? "ENOTDIR" : "EEXIST";
      throw errnoException({ errno: inTheWay, why: `${next} is a file` }, "mkdir", path);
    }
  }
  return first;
}
function tried(calls, path, mode) {
  try {
    calls.mkdir(path, mode);
    return null;
  } catch (error) {
    const errno = codeOf(error);
    if (errno === null) throw error;
    return errno;
  }
}

// src/library/node-fs.ts
var PATH_CALLS = [
  "access",
  "appendFile",
  "chmod",
  "chown",
  "copyFile",
  "lchown",
  "link",
  "lstat",
  "lutimes",
  "mkdir",
  "mkdtemp",
  "opendir",
  "readFile",
  "readdir",
  "readlink",
  "realpath",
  "rename",
  "rm",
  "rmdir",
  "stat",
  "statfs",
  "symlink",
  "truncate",
  "unlink",
  "utimes",
  "writeFile"
];
var PROMISES = [...PATH_CALLS, "open"];
var CALLBACKS = [
  ...PATH_CALLS,
  "close",
  "fchmod",
  "fchown",
  "fdatasync",
  "fstat",
  "fsync",
  "ftruncate",
  "futimes",
  "open",
  "read",
  "readv",
  "write",
  "writev"
];
function nodeFs2(calls) {
  const sync = syncFs(calls);
  const exists = (path, tell2) => {
    setImmediate(tell2, sync.existsSync(path));
  };
  const byName = sync;
  const named2 = (names, make2) => Object.fromEntries(names.map((name) => [name, make2(byName[`${name}Sync`], name)]));
  const callbacks = named2(CALLBACKS, called);
  const promises = {
    ...named2(PATH_CALLS, promised),
    realpath: promised(sync.realpathSync.native),
    open: async (path, flags, mode) => new FileHandle(sync, callbacks, sync.openSync(path, flags, mode)),
    constants: constants2
  };
  return {
    ...sync,
    ...callbacks,
    ...streamsOf(callbacks),
    exists,
    promises,
    constants: constants2
  };
}
var promised = (call) => async (...parameters) => call(...parameters.map((each) => each instanceof FileHandle ? each.fd : each));
var called = (call, name) => (...parameters) => {
  const tell2 = parameters.at(-1);
  if (typeof tell2 !== "function") throw wrongType("cb", "of type function", tell2);
  const given2 = parameters.slice(0, -1);
  let answer2;
  try {
    const value2 = call(...given2);
    const buffer = /^(?:read|write)v?$/.test(name) ? [given2[1]] : [];
    answer2 = value2 === void 0 ? [null] : [null, value2, ...buffer];
  } catch (error) {
    answer2 = [error];
  }
  setImmediate(() => tell2(...answer2));
};

// src/script/traces.ts
init_world();
var BATCH3 = 16384;
var REMEMBERED = Math.floor((32 << 20) / 25);
var TraceMemory = class {
  #most;
  #pinned;
  #records = /* @__PURE__ */ new Map();
  #sources = /* @__PURE__ */ new Map();
  #traces = /* @__PURE__ */ new Map();
  #count = 0;
  /**
   * `most`: records of all traces together; one takes 25 bytes. `pinned`: what is at a path stays what it is, so
   * that no file need be opened for what is remembered.
   */
  constructor(most, { pinned = false } = {}) {
    this.#most = most;
    this.#pinned = pinned;
  }
  records(source, from) {
    return this.#records.get(`${source} ${from}`);
  }
  keep(source, from, records) {
    this.#records.set(`${source} ${from}`, records);
    this.#count += records.batch.time.length;
    for (const [oldest, { batch: batch2 }] of this.#records) {
      if (this.#count <= this.#most) break;
      this.#records.delete(oldest);
      this.#count -= batch2.time.length;
    }
  }
  /** What the trace at a path is known by, if it is pinned. */
  source(path, format) {
    return this.#pinned ? this.#sources.get(`${format ?? ""} ${path}`) : void 0;
  }
  trace(source) {
    return this.#traces.get(source);
  }
  know(source, path, format) {
    this.#sources.set(`${format ?? ""} ${path}`, source);
    this.#traces.set(source, { path, format });
  }
};
var TraceStore = class {
  #settings;
  /** One for each task: the same trace is read at two places by two. */
  #open = /* @__PURE__ */ new Map();
  #begun;
  constructor(settings) {
    this.#settings = settings;
    this.#begun = new Map(settings.begun?.map((each) => [`${each.task} ${each.source}`, each]));
  }
  get begun() {
    return [...this.#begun.values()];
  }
  /** A task begins to read a trace. */
  async open(task, path, format) {
    const { opener, memory } = this.#settings;
    const fault3 = format === null ? null : opener.fault(format);
    if (fault3 !== null) return failure("mistake", fault3);
    const known = memory?.source(path, format);
    return known === void 0 ? this.#reopen(task, path, format) : this.#begin(task, known, path, format);
  }
  /** The records that a machine asked for. */
  read(needs) {
    return this.#settings.memory?.records(needs.source, needs.record) ?? this.#read(needs);
  }
  async close() {
    for (const source of this.#open.values()) await source.close();
    this.#open.clear();
  }
  async #reopen(task, path, format) {
    const { opener, signal: signal2 = null, nameOf: nameOf2 = ({ id }) => id, placeOf: placeOf2 = (at2) => at2 } = this.#settings;
    return this.#guarded(async () => {
      const opened2 = await opener.open(placeOf2(path), format, signal2);
      const source = await nameOf2(opened2);
      const key2 = `${task} ${source}`;
      await this.#open.get(key2)?.close();
      this.#open.set(key2, opened2);
      return this.#begin(task, source, path, format);
    });
  }
  #begin(task, source, path, format) {
    this.#begun.set(`${task} ${source}`, { task, source, path, format });
    this.#settings.memory?.know(source, path, format);
    return { ok: true, source };
  }
  async #read({ task, source, record: record2 }) {
    const key2 = `${task} ${source}`;
    const { memory } = this.#settings;
    const known = this.#begun.get(key2) ?? memory?.trace(source);
    if (known === void 0) return failure("world", `nobody has opened the trace ${source}`);
    const again = this.#open.has(key2) ? null : await this.#reopen(task, known.path, known.format);
    if (again?.ok === false) return again;
    const opened2 = this.#open.get(key2);
    if (opened2 === void 0) return failure("world", `${known.path}: it is no longer what it was`);
    return this.#guarded(async () => {
      const { batch: batch2, last } = await opened2.read(record2, BATCH3);
      const records = { ok: true, batch: batch2, last, files: opened2.files };
      memory?.keep(source, record2, records);
      return records;
    });
  }
  async #guarded(act) {
    const { opener, signal: signal2 } = this.#settings;
    try {
      return await act();
    } catch (error) {
      if (signal2?.aborted) return failure("interrupted", "interrupted");
      if (opener.isFault(error)) return failure("world", error.message);
      throw error;
    }
  }
};

// src/library/traces.ts
init_world();
var MOST_RECORDS = 8e6;
var HeldTraces = class {
  /** By the SHA-256 of the file. */
  #held = /* @__PURE__ */ new Map();
  async open(path, format) {
    const { traceOpener: traceOpener2 } = await Promise.resolve().then(() => (init_trace_opener(), trace_opener_exports));
    const memory = new TraceMemory(Infinity);
    const store = new TraceStore({ opener: traceOpener2, nameOf: (source) => source.sha256(), memory });
    try {
      const opened2 = await store.open("", path, format);
      if (!opened2.ok || this.#held.has(opened2.source)) return opened2;
      const { source } = opened2;
      for (let record2 = 0; ; ) {
        if (record2 > MOST_RECORDS)
          return failure("world", `${path}: more than ${MOST_RECORDS} records: use memcg replay`);
        const read3 = await store.read({ why: "needs", task: "", source, record: record2 });
        if (!read3.ok) return read3;
        record2 += read3.batch.time.length;
        if (read3.last) break;
      }
      this.#held.set(source, memory);
      return opened2;
    } finally {
      await store.close();
    }
  }
  /** The records that a machine asks for. Throws where nobody opened the trace, as after load(). */
  read({ source, record: record2 }) {
    const records = this.#held.get(source)?.records(source, record2);
    if (records === void 0) throw new Error(`a task reads a trace that was not opened here (${source})`);
    return records;
  }
};

// src/library/emulated-machine.ts
var GROUP = "/default";
var EmulatedMachine = class _EmulatedMachine {
  /** `node:fs`, and what is in it are this machine's files. */
  fs;
  #machine;
  #mount;
  #group;
  #traces;
  #listeners = /* @__PURE__ */ new Set();
  /** Throws a RangeError for options that no machine can have, and a ScriptError where the boot script fails. */
  static boot(options2) {
    const asked = machineOptions(options2);
    const path = options2.boot === void 0 ? bootScriptFile(asked) : options2.boot;
    const script = path === null ? null : atOnce(opened(path, linesOf(path, null)), needsTime);
    const core = Machine.boot(withOptions(script?.first?.machine ?? {}, asked));
    const machine = new _EmulatedMachine(core, options2, new HeldTraces());
    if (script !== null)
      atOnce(
        obeyed(machine.#bench(), (walk) => walk.script(script)),
        needsTime
      );
    return machine;
  }
  /** Goes on where the saved machine was; a trace that a task reads has to be run anew. */
  static load(saved, place2) {
    return new _EmulatedMachine(Machine.load(saved), place2, new HeldTraces());
  }
  constructor(machine, { at: at2 = "/", group = GROUP }, traces) {
    this.#machine = machine;
    this.#mount = new MountPoint(at2);
    this.#group = group;
    this.#traces = traces;
    this.fs = this.fsOf({});
  }
  /** The same machine below: operations, counters, state. */
  get machine() {
    return this.#machine;
  }
  /** Where its files are among the program's paths. */
  get at() {
    return this.#mount.outside("/");
  }
  /** Virtual time since boot, ns. */
  get now() {
    return this.#machine.now;
  }
  /** The same files, as somebody else calls them. */
  fsOf({ task, ...caller }) {
    const pid = task === void 0 ? {} : { pid: this.#pidOf(task) };
    const { uid = 0, gid = 0, groups = [], umask = 18 } = caller;
    const who = { uid, gid, groups, umask, cwd: null };
    return nodeFs2(new Calls(() => this.#machine.vfs({ ...caller, ...pid }), who, this.#mount, this.#finish));
  }
  /**
   * Obeys lines of the language, up to the first that fails: `run('spawn t web')`, or as a template, whose
   * values are quoted. Resolves with what they print; rejects with a ScriptError.
   */
  async run(lines, ...values) {
    return met(await inTime(this.#obeyed(textOf2(lines, values))));
  }
  /** The same at once; a `trace` can't be begun so. */
  runSync(lines, ...values) {
    return met(atOnce(this.#obeyed(textOf2(lines, values)), needsTime));
  }
  /** Lets virtual time pass: `pass('1s')`. */
  async pass(time) {
    this.passSync(time);
  }
  passSync(time) {
    const parsed3 = parseLine(quote(["wait", time]));
    if (parsed3.kind !== "command" || parsed3.command.name !== "wait" || parsed3.command.for !== "time")
      throw new RangeError(`'${time}' is not a time: a number and ns, us, ms, s, m or h, as in 1.5s`);
    this.runSync`wait ${time}`;
  }
  /** Everybody: the living by pid, then those that are gone. */
  tasks() {
    return this.#machine.tasks();
  }
  /** Tells of every trace event from now on (start, wake, sleep, pass, limit-failure, stall ...); answers how to end it. */
  subscribe(listener) {
    this.#listeners.add(listener);
    this.#observe();
    return () => {
      this.#listeners.delete(listener);
      this.#observe();
    };
  }
  /** The whole state, for load() and loadMachine(). */
  save() {
    return this.#machine.save();
  }
  /** Goes back, or on, to where that was: the same files, whoever holds them, are that machine's now. */
  load(saved) {
    this.#machine = Machine.load(saved);
    this.#observe();
  }
  /** A second machine that goes on from this one's present; nobody listens to it yet. */
  fork() {
    return new _EmulatedMachine(this.#machine.fork(), { at: this.at, group: this.#group }, this.#traces);
  }
  #finish = (begun) => {
    if (begun !== null) return begun;
    const ended = atOnce(this.#driver().finish(null), needsTime);
    if (ended.why === "done") return ended.result;
    return refuse("EINTR", "this never ends: what it waits for is stopped, idle or gone");
  };
  /** The machine may be another from call to call. */
  #driver() {
    return new Driver(this.#machine, (needs) => this.#traces.read(needs));
  }
  #obeyed(text) {
    return obeyed(this.#bench(), (walk) => walk.text(text));
  }
  /** A machine without an observer makes no events. */
  #observe() {
    const tell2 = (event) => {
      for (const each of this.#listeners) each(event);
    };
    this.#machine.observer = this.#listeners.size === 0 ? null : tell2;
  }
  #bench() {
    return { machine: this.#machine, group: this.#group, driver: this.#driver(), traces: this.#traces };
  }
  #pidOf(name) {
    const task = this.#machine.tasks().find((each) => each.name === name && !each.killed);
    if (task === void 0) throw new RangeError(`there is no task ${name}: run('spawn ${name}') first`);
    return task.pid;
  }
};
var textOf2 = (lines, values) => typeof lines === "string" ? lines : lines.map((text, index) => index < values.length ? text + quote(wordsOf(values[index])) : text).join("");
var wordsOf = (value2) => Array.isArray(value2) ? value2.map(String) : [String(value2)];

// src/library/index.ts
var bootMachine = (options2 = {}) => EmulatedMachine.boot(options2);
var loadMachine = (saved, place2 = {}) => EmulatedMachine.load(saved, place2);
export {
  DEFAULT_COSTS,
  DEFAULT_OPTIONS,
  ERRATA2 as ERRATA,
  ERRATA_SETS2 as ERRATA_SETS,
  EmulatedMachine,
  KERNEL_VERSIONS,
  Machine,
  POLICIES2 as POLICIES,
  ScriptError,
  bootMachine,
  cgroupVersionOf,
  countIn,
  endOfRun,
  figureNamesIn,
  loadMachine,
  optionMistake,
  policyIn2 as policyIn,
  policyMistake
};
