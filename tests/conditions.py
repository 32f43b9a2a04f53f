#!/usr/bin/env python3
"""Compares --and and --not of mscan with what GNU grep says of each of their patterns.

    MSCAN=/path/to/mscan tests/conditions.py [--cases N] [--seed S] [--seconds T]

A case is one command over one file: the lines that it must select are those that grep finds for the patterns, and for
those of each --and, and not for those of any --not: grep A | grep B | grep -v C.  What is printed of them is taken from
grep -o, or written here.  Without --cases it ends after T seconds (20).  A difference is shown with the command that
repeats it, its file is kept, and the status is 1.  Without a grep that has -P the status is 77.
"""
import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import differential  # noqa: E402

# Files of about so many bytes, so that the windows of the matchers are not all the same.
LARGE = 700000


class Case:
    """What is looked for in a text, and how."""

    def __init__(self, rng, generator, kind):
        self.kind = kind
        self.syntax = rng.choice(('-P', '-P', '-P', '-F', '-E'))
        self.options = list(kind.options)
        for option, chance in (('-i', 0.2), ('-x', 0.05), ('-w', 0.1)):
            if rng.random() < chance and (option != '-w' or rb'\w' in kind.classes):
                self.options.append(option)
        self.patterns = self.pattern(rng, generator)
        self.wanted = [self.pattern(rng, generator) for _ in range(rng.choice((0, 1, 1, 1, 2, 3)))]
        self.unwanted = [self.pattern(rng, generator) for _ in range(rng.choice((0, 0, 1, 1, 2)))]
        self.mode = rng.choice(('', '', '', '-c', '-o', '-l', '-L', '-q', '-m'))
        self.invert = rng.random() < 0.25
        self.prefix = [option for option in ('-n', '-b') if rng.random() < 0.3]
        self.split = generator.split()

    def pattern(self, rng, generator):
        """Patterns of one -e, --and or --not: each on a line of its own."""
        patterns = []
        for _ in range(rng.choice((1, 1, 1, 2))):
            if self.syntax == '-P' and rng.random() < 0.5:
                patterns.append(generator.pattern(self.kind))
            else:
                letters = [generator.letter(self.kind) for _ in range(rng.choice((1, 1, 2, 3)))]
                patterns.append(b''.join(letter[-1:] if self.syntax == '-F' and letter[:1] == b'\\' else letter
                                         for letter in letters))
        return patterns

    def command(self, name):
        words = [self.syntax, *self.options, *self.prefix, *self.split]
        words += ['-m2'] if self.mode == '-m' else [self.mode] if self.mode else []
        words += ['-v'] if self.invert else []
        words = [os.fsencode(word) for word in words] + [b'-e', b'\n'.join(self.patterns)]
        for patterns in self.wanted:
            words += [b'--and', b'\n'.join(patterns)]
        for patterns in self.unwanted:
            words += [b'--not', b'\n'.join(patterns)]
        return words + [b'--', os.fsencode(name)]


class Comparison:
    def __init__(self, directory, mscan, grep):
        self.mscan = differential.Program(mscan, directory, 'mscan')
        self.grep = differential.Program(grep, directory, 'grep')
        self.environment = {key: value for key, value in os.environ.items()
                            if not key.startswith(('LC_', 'LANG', 'GREP_', 'NO_COLOR', 'MSCAN_THREADS'))}

    def found(self, case, patterns, options, name):
        """The records that grep prints with the number of their line; None when it cannot tell."""
        joined = b'\n'.join(patterns)
        if case.syntax == '-P' and len(patterns) > 1:
            joined = b'|'.join(b'(?:' + pattern + b')' for pattern in patterns)
        words = [os.fsencode(word) for word in [case.syntax, '-n', *case.options, *options]]
        environment = dict(self.environment, LC_ALL=case.kind.locale)
        status, out, _ = self.grep.finish(self.grep.start([*words, b'-e', joined, b'--', os.fsencode(name)], environment))
        if status not in (0, 1):
            return None
        records = out.split(case.kind.end)[:-1]
        return [(int(record.split(b':', 1)[0]), record.split(b':', 1)[1]) for record in records]

    def selected(self, case, name, count):
        """The numbers of the lines, or None."""
        lines = set(range(1, count + 1))
        for patterns, keep in [(case.patterns, True), *((patterns, True) for patterns in case.wanted),
                               *((patterns, False) for patterns in case.unwanted)]:
            found = self.found(case, patterns, [], name)
            if found is None:
                return None
            numbers = {number for number, _ in found}
            lines = lines & numbers if keep else lines - numbers
        return set(range(1, count + 1)) - lines if case.invert else lines

    def expected(self, case, name, text):
        """The status and the output, or None."""
        end = case.kind.end
        lines = text.split(end)
        if lines[-1] == b'':
            lines.pop()
        chosen = self.selected(case, name, len(lines))
        if chosen is None:
            return None
        status = 0 if chosen else 1
        if case.mode == '-q':
            return status, b''
        if case.mode == '-c':
            return status, b'%d\n' % len(chosen)
        if case.mode in ('-l', '-L'):
            listed = bool(chosen) == (case.mode == '-l')
            return status, os.fsencode(name) + b'\n' if listed else b''
        if case.mode == '-m':
            chosen = set(sorted(chosen)[:2])
        offsets = [0]
        for line in lines:
            offsets.append(offsets[-1] + len(line) + 1)
        if case.mode == '-o':
            records = [] if case.invert else self.found(case, case.patterns, ['-b', '-o'], name)
            if records is None:
                return None
            parts = [(number, *record.split(b':', 1)) for number, record in records if number in chosen]
        else:
            parts = [(number, b'%d' % offsets[number - 1], lines[number - 1]) for number in sorted(chosen)]
        out = b''
        for number, offset, part in parts:
            out += b'%d:' % number if '-n' in case.prefix else b''
            out += offset + b':' if '-b' in case.prefix else b''
            out += part + end
        return status, out

    def run(self, case, name, text):
        """None: equal.  Else what both say; False when nobody knows."""
        expected = self.expected(case, name, text)
        if expected is None:
            return False
        environment = dict(self.environment, LC_ALL=case.kind.locale)
        found = self.mscan.finish(self.mscan.start(case.command(name), environment))
        return None if found[:2] == expected else (found, expected)


def large(rng, text, end):
    """Many lines of a text, some of them rare."""
    lines = text.split(end)
    common = rng.sample(lines, min(len(lines), 8))
    size = sum(len(line) + 1 for line in common) / len(common)
    count = min(int(LARGE / size), 60000)
    return end.join(rng.choice(lines) if rng.random() < 0.001 else rng.choice(common) for _ in range(count)) + end


def main():
    parser = argparse.ArgumentParser(description='Compares --and and --not with grep.')
    parser.add_argument('--cases', type=int, help='how many; without it, by time')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--seconds', type=float, default=float(os.environ.get('DIFFERENTIAL_SECONDS', '20')))
    arguments = parser.parse_args()

    mscan = os.environ.get('MSCAN', './mscan')
    if not os.access(mscan, os.X_OK):
        print('set MSCAN to the path of mscan')
        return 99
    grep = shutil.which('grep')
    probe = grep and subprocess.run([grep, '-P', '(?<=a)b'], input=b'ab\n', capture_output=True, check=False)
    if not probe or probe.stdout != b'ab\n' or b'GNU' not in subprocess.run(
            [grep, '--version'], capture_output=True, check=False).stdout:
        print('skipped: there is no GNU grep with -P')
        return 77

    rng = random.Random(arguments.seed)
    generator = differential.Generator(rng)
    start = time.monotonic()
    number = decided = several = 0
    directory = tempfile.mkdtemp(prefix='mscan-conditions.')
    comparison = Comparison(directory, os.path.abspath(mscan), grep)
    os.chdir(directory)
    while number < arguments.cases if arguments.cases else time.monotonic() - start < arguments.seconds:
        if number % 20 == 0:
            kind = rng.choice(differential.KINDS)
            text = generator.text(kind)
            is_large = text and number % 80 == 0
            if is_large:
                text = large(rng, text, kind.end)
            with open('f', 'wb') as file:
                file.write(text)
        number += 1
        case = Case(rng, generator, kind)
        if is_large:
            case.split = [word for word in case.split if word not in ('--chunk-size=1', '--chunk-size=7')]
        result = comparison.run(case, 'f', text)
        decided += result is not False
        several += result is None and bool(case.wanted or case.unwanted)
        if result:
            print('DIFFERENCE in case %d of seed %d, with the file %s/f:' % (number, arguments.seed, directory))
            print('  LC_ALL=%s mscan %s' % (kind.locale, ' '.join(differential.quoted(word) for word in case.command('f'))))
            print('  mscan    %r' % (tuple(part[:300] if isinstance(part, bytes) else part for part in result[0]),))
            print('  expected %r' % (tuple(part[:300] if isinstance(part, bytes) else part for part in result[1]),))
            return 1
    os.chdir('/')
    shutil.rmtree(directory)
    print('seed %d: %d cases, %d decided, %d of them with --and or --not; no difference' %
          (arguments.seed, number, decided, several))
    return 0


if __name__ == '__main__':
    sys.exit(main())
