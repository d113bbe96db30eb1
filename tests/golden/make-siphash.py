#!/usr/bin/env python3
"""Golden numbers of SipHash-1-3 for test-hash, from the definition in Aumasson & Bernstein (2012); writes siphash.h"""

import pathlib

MASK = (1 << 64) - 1


def rotl(x, b):
    return (x << b | x >> (64 - b)) & MASK


def siphash(c, d, key, data):
    k0, k1 = int.from_bytes(key[:8], "little"), int.from_bytes(key[8:], "little")
    v0, v1 = k0 ^ 0x736F6D6570736575, k1 ^ 0x646F72616E646F6D
    v2, v3 = k0 ^ 0x6C7967656E657261, k1 ^ 0x7465646279746573

    def rounds(n):
        nonlocal v0, v1, v2, v3
        for _ in range(n):
            v0 = (v0 + v1) & MASK
            v1 = rotl(v1, 13) ^ v0
            v0 = rotl(v0, 32)
            v2 = (v2 + v3) & MASK
            v3 = rotl(v3, 16) ^ v2
            v0 = (v0 + v3) & MASK
            v3 = rotl(v3, 21) ^ v0
            v2 = (v2 + v1) & MASK
            v1 = rotl(v1, 17) ^ v2
            v2 = rotl(v2, 32)

    padded = data + bytes(7 - len(data) % 8) + bytes([len(data) & 255])
    for i in range(0, len(padded), 8):
        word = int.from_bytes(padded[i:i + 8], "little")
        v3 ^= word
        rounds(c)
        v0 ^= word
    v2 ^= 255
    rounds(d)
    return v0 ^ v1 ^ v2 ^ v3


# the example of the paper's appendix, for SipHash-2-4
assert siphash(2, 4, bytes(range(16)), bytes(range(15))) == 0xA129CA6149BE45E5
lines = [f"    {{ {n}, G_GUINT64_CONSTANT (0x{siphash(1, 3, bytes(range(16)), bytes(range(n))):016x}) }},"
         for n in (0, 1, 7, 8, 9, 15, 16, 63)]
(pathlib.Path(__file__).parent / "siphash.h").write_text(
    "/* made by make-siphash.py */\n" + "\n".join(lines) + "\n", encoding="utf-8")
