// SHA-256 (FIPS 180-4) and HMAC (RFC 2104). WebCrypto has both, but answers later, call by call: for
// the half a million short messages of a large draw that takes ten times as long.

/** The first 32 bits of the fractional parts of `root(p)` for the first `count` primes. */
function fractions(count, root) {
  const primes = [];
  for (let n = 2; primes.length < count; n += 1) if (primes.every((p) => n % p !== 0)) primes.push(n);
  return Int32Array.from(primes, (p) => ((root(p) % 1) * 2 ** 32) | 0);
}

const ROUND = fractions(64, Math.cbrt);
const INITIAL = fractions(8, Math.sqrt);
const words = new Int32Array(64);
const turn = (x, n) => (x >>> n) | (x << (32 - n));

function compress(state, view, at) {
  for (let i = 0; i < 16; i += 1) words[i] = view.getInt32(at + 4 * i);
  for (let i = 16; i < 64; i += 1) {
    const x = words[i - 15], y = words[i - 2];
    const s0 = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
    const s1 = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
    words[i] = (words[i - 16] + s0 + words[i - 7] + s1) | 0;
  }
  let a = state[0], b = state[1], c = state[2], d = state[3];
  let e = state[4], f = state[5], g = state[6], h = state[7];
  for (let i = 0; i < 64; i += 1) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUND[i] + words[i]) | 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0;
    d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d;
  state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

const state = new Int32Array(8);
const tail = new Uint8Array(128);
const tailView = new DataView(tail.buffer);

/** Goes on from `start`, the state after `before` bytes (whole blocks), with the last bytes. */
function finish(start, before, data) {
  state.set(start);
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const whole = data.length - (data.length % 64);
  for (let at = 0; at < whole; at += 64) compress(state, view, at);
  const rest = data.length - whole;
  const end = rest < 56 ? 64 : 128;
  tail.fill(0);
  for (let i = 0; i < rest; i += 1) tail[i] = data[whole + i];
  tail[rest] = 0x80;
  const length = before + data.length;
  tailView.setUint32(end - 8, length / 2 ** 29);
  tailView.setUint32(end - 4, length << 3);
  for (let at = 0; at < end; at += 64) compress(state, tailView, at);
  const hash = new Uint8Array(32);
  const words = new DataView(hash.buffer);
  for (let i = 0; i < 8; i += 1) words.setInt32(4 * i, state[i]);
  return hash;
}

export const sha256 = (data) => finish(INITIAL, 0, data);

/** HMAC-SHA-256 under one key of at most 64 bytes. */
export function hmac(key) {
  const [inner, outer] = [0x36, 0x5c].map((pad) => {
    const block = new Uint8Array(64).fill(pad);
    key.forEach((byte, i) => (block[i] ^= byte));
    const padded = Int32Array.from(INITIAL);
    compress(padded, new DataView(block.buffer), 0);
    return padded;
  });
  return (data) => finish(outer, 64, finish(inner, 64, data));
}
