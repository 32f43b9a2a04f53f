#!/usr/bin/env python3
"""Compares several patterns of mscan with one that has them as alternatives.

    MSCAN=/path/to/mscan tests/alternatives.py [--cases N] [--seed S] [--seconds T]

A case is one search over one file: with the patterns by -e, in lines of one -e, or from a file, and with their
alternation, (?:A)|(?:B).  Lines, parts, offsets, columns, counts and replacements have to be the same, whatever the
engine.  Without --cases it ends after T seconds (20).  A difference is shown with the commands that repeat it, its
files are kept, and the status is 1.
"""
import os
import shutil
import sys
import tempfile

sys.dont_write_bytecode = True
import comparison  # noqa: E402

LETTERS = [b'a', b'a', b'b', b'b', b'c', b'A', b'B', b' ', b' ', b'-', b'1', b'x']
WIDE = [letter.encode() for letter in 'éÉжЖ']
CLASSES = [b'.', rb'\w', rb'\W', rb'\d', rb'\s', b'[ab]', b'[^a]', b'[[:upper:]]', b'[[:^lower:]]', rb'\p{Lu}', b'[a-c-]',
           rb'[\p{Ll}1]']
ASSERTIONS = [b'^', b'$', rb'\b', rb'\B', b'(?=a)', b'(?!b)', b'(?<=a)', b'(?<!a)', rb'(?<=\w)', b'(?<=ab|c)', b'(?= |$)']
KEEP = rb'\K'
SHOWN = [['-o'], ['-ob'], ['-on'], ['--color=always'], ['-c'], ['--count-matches'], ['--replace=<$0>'], ['--column'], [],
         ['-o', '--column'], ['--replace', '[$0]', '-o'], ['-bn'], ['-l'], ['-v'], ['-m1', '-ob']]


def atom(rng, letters, depth):
    choice = rng.random()
    if choice < 0.5:
        return b''.join(rng.choice(letters) for _ in range(rng.choice((1, 1, 2))))
    if choice < 0.62:
        return rng.choice(CLASSES)
    if choice < 0.72:
        return rng.choice(ASSERTIONS)
    if choice < 0.80:
        return KEEP
    if depth == 0:
        return rng.choice(letters)
    inside = pattern(rng, letters, depth - 1)
    if KEEP not in inside and choice < 0.84:
        return b'(?:' + inside + b')' + rng.choice((b'?', b'*', b'+', b'{2}', b'*?', b'?+'))
    if choice < 0.88:
        return b'(' + inside + rb')' + rng.choice((rb'\g{-1}', b''))
    return rng.choice((b'(?:', b'(?i:', b'(?-i:', b'(?>', b'(?|')) + inside + b')'


def sequence(rng, letters, depth):
    parts = []
    for _ in range(rng.choice((1, 1, 2, 2, 3))):
        part = atom(rng, letters, depth)
        if len(part) == 1 and part.isalnum() and rng.random() < 0.3:
            part += rng.choice((b'*', b'+', b'?', b'{2}', b'*?', b'++'))
        parts.append(part)
    return b''.join(parts)


def pattern(rng, letters, depth):
    return b'|'.join(sequence(rng, letters, depth) for _ in range(rng.choice((1, 1, 1, 2))))


class Case:
    """Several patterns, and how they are given and searched for."""

    def __init__(self, rng, letters):
        self.locale = rng.choice(('C.UTF-8', 'C.UTF-8', 'C'))
        self.syntax = rng.choice(('-P', '-P', '-P', '-P', '-E', '-F'))
        self.patterns = [self.pattern(rng, letters) for _ in range(rng.choice((2, 2, 2, 3, 4)))]
        self.given = rng.choice(('-e', 'lines', '-f'))
        self.options = ['-a', self.syntax]
        for option, chance in (('-i', 0.3), ('-w', 0.15), ('-x', 0.1), ('--no-jit', 0.2), ('--crlf', 0.1)):
            if rng.random() < chance:
                self.options.append(option)
        self.options += rng.choice(([], [], ['--engine=pcre2'], ['--engine=literal'], ['--engine=dfa']))
        self.options += rng.choice(SHOWN)
        self.split = comparison.random_split(rng)

    def pattern(self, rng, letters):
        if self.syntax == '-P':
            start = b'(?i)' if rng.random() < 0.05 else b''
            return start + pattern(rng, letters, rng.choice((0, 1, 2)))
        text = b''.join(rng.choice(letters) for _ in range(rng.choice((1, 1, 2, 3))))
        return text + rng.choice((b'*', b'+', b'.', b'')) if self.syntax == '-E' else text

    def several(self):
        """The arguments with the patterns one by one."""
        words = [os.fsencode(word) for word in self.options + self.split]
        if self.given == '-e':
            words += [word for text in self.patterns for word in (b'-e', text)]
        else:
            words += [b'-fp' if self.given == '-f' else b'-e' + b'\n'.join(self.patterns)]
        return words + [b'f']

    def one(self):
        """Those with the alternation."""
        words = [os.fsencode('-E' if word == '-F' else word) for word in self.options]
        opening = b'(?:' if self.syntax == '-P' else b'('
        return words + [b'-e', b'|'.join(opening + text + b')' for text in self.patterns), b'f']


def make_text(rng, letters):
    lines = [b''.join(rng.choices(letters, k=rng.choice((0, 1, 2, 4, 6, 9, 14)))) for _ in range(rng.choice((3, 30, 100)))]
    return rng.choice((b'\n', b'\n', b'\r\n')).join(lines) + rng.choice((b'\n', b''))


def main():
    run = comparison.Run('Compares several patterns with their alternation.', 'DIFFERENTIAL_SECONDS', 20)
    rng = run.rng
    directory = tempfile.mkdtemp(prefix='mscan-alternatives.')
    os.chdir(directory)
    several = comparison.Program(run.mscan, directory, 'several')
    one = comparison.Program(run.mscan, directory, 'one')
    decided = 0
    for number in run.cases():
        if number % 20 == 1:
            letters = LETTERS + WIDE if rng.random() < 0.4 else LETTERS
            comparison.write_files({'f': make_text(rng, letters)})
        case = Case(rng, letters)
        comparison.write_files({'p': b'\n'.join(case.patterns) + b'\n'})
        pids = several.start(case.several(), case.locale), one.start(case.one(), case.locale)
        ours, theirs = several.finish(pids[0]), one.finish(pids[1])
        if theirs[0] not in (0, 1) and ours[0] not in (0, 1):
            continue
        decided += 1
        if ours != theirs:
            print('DIFFERENCE in case %d of seed %d, with the files %s/f and p:' % (number, run.seed, directory))
            print('  ' + comparison.command_line('mscan', case.locale, case.several()))
            print('  ' + comparison.command_line('mscan', case.locale, case.one()))
            for name, (status, out, err) in ('several', ours), ('one', theirs):
                print('  %-8s status %d, %r, %r' % (name, status, out[:300], err[:300]))
            return 1
    os.chdir('/')
    shutil.rmtree(directory)
    print('seed %d: %d cases, %d decided; no difference' % (run.seed, run.number, decided))
    return 0


if __name__ == '__main__':
    sys.exit(main())
