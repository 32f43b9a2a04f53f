#!/usr/bin/env python3
"""Compares --and and --not of mscan with what GNU grep says of each of their patterns.

    MSCAN=/path/to/mscan tests/conditions.py [--cases N] [--seed S] [--seconds T]

A case is one command over one file: the lines that it must select are those that grep finds for the patterns, and for
those of each --and, and not for those of any --not: grep A | grep B | grep -v C.  What is printed of them is taken from
grep -o, or written here.  Without --cases it ends after T seconds (20).  A difference is shown with the command that
repeats it, its file is kept, and the status is 1.  Without a grep that has -P the status is 77.
"""
import os
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True
import comparison  # noqa: E402
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
        self.split = comparison.random_split(rng)

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
        self.mscan = comparison.Program(mscan, directory, 'mscan')
        self.grep = comparison.Program(grep, directory, 'grep')

    def found(self, case, patterns, options, name):
        """The records that grep prints with the number of their line; None when it cannot tell."""
        joined = differential.joined(patterns) if case.syntax == '-P' else b'\n'.join(patterns)
        words = [os.fsencode(word) for word in [case.syntax, '-n', *case.options, *options]]
        status, out, _ = self.grep.run([*words, b'-e', joined, b'--', os.fsencode(name)], case.kind.locale)
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
        found = self.mscan.run(case.command(name), case.kind.locale)
        return None if found[:2] == expected else (found, expected)


def large(rng, text, end):
    """Many lines of a text, some of them rare."""
    lines = text.split(end)
    common = rng.sample(lines, min(len(lines), 8))
    size = sum(len(line) + 1 for line in common) / len(common)
    count = min(int(LARGE / size), 60000)
    return end.join(rng.choice(lines) if rng.random() < 0.001 else rng.choice(common) for _ in range(count)) + end


def main():
    run = comparison.Run('Compares --and and --not with grep.', 'DIFFERENTIAL_SECONDS', 20)
    grep = comparison.gnu_grep(perl=True)
    rng = run.rng
    generator = differential.Generator(rng)
    decided = several = 0
    directory = tempfile.mkdtemp(prefix='mscan-conditions.')
    both = Comparison(directory, run.mscan, grep)
    os.chdir(directory)
    for number in run.cases():
        if number % 20 == 1:
            kind = rng.choice(differential.KINDS)
            text = generator.text(kind)
            is_large = text and number % 80 == 1
            if is_large:
                text = large(rng, text, kind.end)
            comparison.write_files({'f': text})
        case = Case(rng, generator, kind)
        if is_large:
            case.split = [word for word in case.split if word not in ('--chunk-size=1', '--chunk-size=7')]
        result = both.run(case, 'f', text)
        decided += result is not False
        several += result is None and bool(case.wanted or case.unwanted)
        if result:
            print('DIFFERENCE in case %d of seed %d, with the file %s/f:' % (number, run.seed, directory))
            print('  ' + comparison.command_line('mscan', kind.locale, case.command('f')))
            for name, said in zip(('mscan', 'expected'), result):
                print('  %-8s %r' % (name, tuple(part[:300] if isinstance(part, bytes) else part for part in said)))
            return 1
    os.chdir('/')
    shutil.rmtree(directory)
    print('seed %d: %d cases, %d decided, %d of them with --and or --not; no difference' %
          (run.seed, run.number, decided, several))
    return 0


if __name__ == '__main__':
    sys.exit(main())
