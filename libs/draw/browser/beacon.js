// The signature of a round of quicknet (section 4 of ../README.md), checked with a vendored BLS library.

import { sha, round8, unhex } from "./signed.js";
import { bls12_381 } from "./vendor/noble-bls12-381.js";

const KEY = "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a";
const SUITE = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";

/** Whether `signature` (48 bytes) is quicknet's of this round. */
export async function checkBeacon(round, signature) {
  try {
    const { shortSignatures: bls } = bls12_381;
    return bls.verify(signature, bls.hash(await sha(round8(round)), SUITE), unhex(KEY));
  } catch {
    return false; // no point of the curve
  }
}
