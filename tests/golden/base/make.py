#!/usr/bin/env python3
"""Makes the golden files of tests/base with Python's own arithmetic: run it in this folder.

numbers.tsv  decimal, bits of the double it is, bits of the float that double is
doubles.tsv  bits of a double, its shortest decimal
floats.tsv   bits of a float, its shortest decimal
cents.tsv    bits of a double, the amount rounded to cents
random.tsv   seed, stream, then raw numbers, doubles' bits, below 6, below 3000000000, normals
keys.tsv     text in hex, its key in hex
"""
import random
import struct
import unicodedata
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from statistics import NormalDist

import numpy

numpy.seterr(all='ignore')
rng = random.Random(20260101)
M64 = (1 << 64) - 1


def bits(x):
    return struct.unpack('<Q', struct.pack('<d', x))[0]


def from_bits(b):
    return struct.unpack('<d', struct.pack('<Q', b))[0]


def float_bits(x):
    return struct.unpack('<I', struct.pack('<f', x))[0]


def layout(text, whole, least_precision):
    """Lays out a decimal's digits the way the format documents it."""
    sign, digits, exponent = Decimal(text).as_tuple()
    digits = ''.join(map(str, digits))
    if abs(whole) < 1e15 and whole == int(whole):
        return ('-' if sign else '') + str(abs(int(whole)))
    stripped = digits.rstrip('0')
    exponent += len(digits) - len(stripped)
    digits = stripped
    power = exponent + len(digits) - 1
    if -4 <= power < max(least_precision, len(digits)):
        if exponent >= 0:
            body = digits + '0' * exponent
        elif power >= 0:
            body = digits[:power + 1] + '.' + digits[power + 1:]
        else:
            body = '0.' + '0' * (-power - 1) + digits
    else:
        body = digits[0] + ('.' + digits[1:] if len(digits) > 1 else '') + 'e' + str(power)
    return ('-' if sign else '') + body


def shortest(x, same):
    """The fewest digits to which x can be rounded and still be read back."""
    for digits in range(17):
        text = f'{x:.{digits}e}'
        if same(float(text)):
            return text
    return repr(x)


def write(name, rows):
    with open(name, 'w', encoding='utf-8') as f:
        for row in rows:
            f.write('\t'.join(map(str, row)) + '\n')


def decimals():
    yield from ['0', '-0', '+0', '1', '-1', '007', '0.1', '0.30', '1e0', '1E+2', '1e-2', '1.5e3',
                '179769313486231570000e288', '1.7976931348623157e308', '5e-324', '2.4703282292062328e-324',
                '2.2250738585072014e-308', '2.2250738585072011e-308', '4.9e-324', '1e-400', '0e999999',
                '9007199254740993', '9007199254740992', '9007199254740991', '9007199254740993.0',
                '9007199254740993.00000000000000000000000000000001', '0.000000000000000000000000000000001',
                '123456789012345678', '1234567890123456789', '12345678901234567890', '9999999999999999999',
                '1e22', '1e23', '1e-22', '1e-23', '8.5e22', '0.5000000000000000277', '1.00000005960464477539062']
    for _ in range(400):
        whole = rng.randrange(10 ** rng.randrange(1, 20))
        fraction = ''.join(rng.choice('0123456789') for _ in range(rng.randrange(0, 12)))
        text = rng.choice(['', '-', '+']) + str(whole) + ('.' + fraction if fraction else '')
        if rng.random() < .4:
            text += rng.choice('eE') + rng.choice(['', '-', '+']) + str(rng.randrange(0, 30))
        yield text
    for _ in range(200):
        yield repr(from_bits(rng.getrandbits(64) & ~(0x7ff << 52) | rng.randrange(0, 0x7ff) << 52))


def doubles():
    yield from [0.0, -0.0, 1.0, 0.1, 1 / 3, 2 / 3, 1e14, 999999999999999.0, 1e15, 1e16, 123456789012345.6, 1e21, 1e22,
                1e23, 5e-324, 1e-323, 2.2250738585072014e-308, 2.225073858507201e-308, 1.7976931348623157e308, 1e-4,
                1e-5, 0.00012345, 9.999999999999999e-5, 0.30000000000000004, 178123.45, 999999999999999.9, 99999.99999]
    for _ in range(600):
        yield rng.uniform(-1, 1) * 10 ** rng.randrange(-6, 18)
        yield round(rng.uniform(0, 1e6), rng.randrange(0, 9))
        yield from_bits(rng.getrandbits(64) & ~(0x7ff << 52) | rng.randrange(0, 0x7ff) << 52)
    for power in range(-1074, 1024, 3):
        yield 2.0 ** power


def floats():
    yield from [0.0, -0.0, 1.0, 0.1, 1 / 3, 1.4e-45, 1.1754944e-38, 3.4028235e38, 16777216.0, 33554432.0, 8388607.5,
                1e-4, 9.9999e-5, 0.3, 1234.5678, 1e15, 1e14, 12.170432, 0.0009765625]
    for _ in range(600):
        yield rng.uniform(-1, 1) * 10 ** rng.randrange(-6, 9)
        yield rng.gauss(0, .05)
        yield struct.unpack('<f', struct.pack('<I', rng.getrandbits(32) & 0x807fffff | rng.randrange(0, 255) << 23))[0]
    for power in range(-149, 128):
        yield 2.0 ** power


def cents(x):
    with localcontext() as context:
        context.prec = 60
        text = format(Decimal(x).quantize(Decimal('0.01'), ROUND_HALF_EVEN), 'f')
    return text[1:] if text == '-0.00' else text


def amounts():
    yield from [0.0, -0.0, 0.004, -0.004, 0.005, 0.015, 0.125, 0.375, -0.125, 1.005, 1.115, 2.675, 178123.0, 178123.455,
                0.995, 9.995, 99.995, 1e6, 123456789.125, 9999999999999.99, 8796093022207.995]
    for _ in range(800):
        yield rng.uniform(-1e6, 1e6)
        yield rng.randrange(0, 10 ** 9) / 1000
        yield rng.randrange(0, 10 ** 7) / 8


def mix(z):
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9 & M64
    z = (z ^ z >> 27) * 0x94d049bb133111eb & M64
    return z ^ z >> 31


class Xoshiro:
    def __init__(self, seed, stream):
        x = (seed + mix(stream)) & M64
        self.s = []
        for _ in range(4):
            x = (x + 0x9e3779b97f4a7c15) & M64
            self.s.append(mix(x))

    def next(self):
        def rotl(x, k):
            return (x << k | x >> 64 - k) & M64
        s = self.s
        result = rotl(s[1] * 5 & M64, 7) * 9 & M64
        t = s[1] << 17 & M64
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 45)
        return result

    def double(self):
        return (self.next() >> 11) / 2 ** 53

    def below(self, n):
        while True:
            product = (self.next() >> 32) * n
            if product % 2 ** 32 >= 2 ** 32 % n:
                return product >> 32

    def normal(self):
        return NormalDist().inv_cdf(((self.next() >> 12) + .5) / 2 ** 52)


def sequences():
    for seed, stream in [(0, 0), (42, 0), (42, 1), (42, 2), (43, 1), (M64, M64)]:
        r = Xoshiro(seed, stream)
        yield ([seed, stream] + [r.next() for _ in range(5)] + [format(bits(r.double()), 'x') for _ in range(5)]
               + [r.below(6) for _ in range(5)] + [r.below(3000000000) for _ in range(8)]
               + [repr(r.normal()) for _ in range(40)])


def fold(text):
    text = unicodedata.normalize('NFKC', text)
    return unicodedata.normalize('NFKC', text.casefold())


def keys():
    texts = ['North Ames', '  North   AMES ', '\tA\n b\r', '', '   ', 'Straße', 'STRASSE', 'É', 'E\u0301', 'ﬁne', 'ＡＢＣ',
             '\u00a0x\u2003y\u3000', 'Σίσυφος', 'ΣΊΣΥΦΟΣ', 'ft²', '½ bath', 'İstanbul', 'Å', '\u212b', 'naïve Café', '東京 都', '😀 House']
    for text in texts:
        yield text.encode().hex(), ' '.join(fold(fold(text)).split()).encode().hex()


write('numbers.tsv', ((t, format(bits(float(t)), 'x'), format(float_bits(numpy.float32(float(t))), 'x'))
                      for t in decimals()))
write('doubles.tsv', ((format(bits(x), 'x'), layout(shortest(x, lambda y: y == x), x, 15)) for x in doubles()))
write('floats.tsv', ((format(float_bits(x), 'x'),
                      layout(shortest(float(x), lambda y: numpy.float32(y) == x), float(x), 6))
                     for x in map(numpy.float32, floats())))
write('cents.tsv', ((format(bits(x), 'x'), cents(x)) for x in amounts()))
write('random.tsv', sequences())
write('keys.tsv', keys())
