#!/usr/bin/env python3
"""Compares mscan with GNU grep -P on random files, patterns and options that mean the same in both.

    MSCAN=/path/to/mscan tests/differential.py [--cases N] [--seed S] [--seconds T]

A case is one command over one to three files of some hundred lines, so that the start of a process is shared
by many decisions.  Without --cases it ends after T seconds (20).  A difference is made small and shown with the
commands that repeat it; the status is then 1.  Without a grep that has -P the status is 77.

Left out is what differs on purpose: binary files (by the line in mscan), several patterns (grep takes one, so
two are compared with their alternation), and \\w, \\d, \\s and \\b beyond ASCII (grep 3.8 has no Unicode
properties).
"""
import os
import re
import sys

sys.dont_write_bytecode = True
import comparison  # noqa: E402


class Kind:
    """A locale, the letters that text and patterns are made of, and what patterns may use."""

    def __init__(self, locale, letters, classes, options):
        self.locale, self.letters, self.classes, self.options = locale, letters, classes, options
        self.end = b'\0' if '-z' in options else b'\n'
        self.broken = locale != 'C' and BROKEN[0] in letters


ASCII_CLASSES = [rb'\w', rb'\d', rb'\s', rb'\W', rb'\D', rb'\S', rb'[[:alpha:]]', rb'[[:punct:]]', rb'[a-c]', rb'[^a]',
                 rb'[b1-]', rb'\h', rb'.', rb'[^\w]', rb'\N', rb'[[:upper:]]', rb'[^[:lower:]]', rb'[[:^upper:]-]']
WORD_EDGES = [rb'\b', rb'\B']
PLAIN_CLASSES = [b'.', b'[a-c]', b'[^a]', rb'\N', b'[^ x]']
LETTERS = [b'a', b'b', b'c', b'A', b'B', b'1', b'_', b' ', b'-', b'x', b'\t', b'.', b'\r']
WIDE = [letter.encode() for letter in 'éÉжЖ日ß']
BROKEN = [b'\xff', b'\xc3', b'\x80', b'\xe2\x82', b'\xed\xa0\x80']

KINDS = [
    Kind('C', LETTERS, ASCII_CLASSES + WORD_EDGES, []),
    Kind('C', LETTERS + [b'\xe9', b'\xff', b'\x80'], ASCII_CLASSES + WORD_EDGES, []),
    Kind('C.UTF-8', LETTERS, ASCII_CLASSES + WORD_EDGES, []),
    Kind('C.UTF-8', LETTERS + WIDE, PLAIN_CLASSES, []),
    Kind('C.UTF-8', LETTERS + WIDE + BROKEN, PLAIN_CLASSES, ['-a']),
    Kind('C', LETTERS + [b'\n', b'\xe9'], ASCII_CLASSES + WORD_EDGES, ['-z']),
    Kind('C.UTF-8', LETTERS + WIDE + [b'\n'], PLAIN_CLASSES, ['-z']),
]


class Generator:
    def __init__(self, rng):
        self.rng = rng

    def text(self, kind):
        """A file: lines short and long, empty ones, with or without a newline at the end."""
        rng = self.rng
        letters = rng.sample(kind.letters, rng.randint(2, min(6, len(kind.letters))))
        lines = []
        for _ in range(rng.choice((0, 1, 5, 100, 300))):
            length = rng.choice((0, 1, 2, 3, 5, 8, 13, 30))
            if rng.random() < 0.01:
                length = rng.choice((200, 5000))
            line = b''.join(rng.choices(letters, k=length))
            # grep finds no beginning of a line before a byte that is not UTF-8; PCRE2, and so mscan, does.
            lines.append(b'a' + line if line.startswith(tuple(BROKEN)) and kind.broken else line)
        text = kind.end.join(lines)
        if text and rng.random() < 0.8:
            text += kind.end
        return text

    def letter(self, kind):
        letters = [letter for letter in kind.letters if letter not in BROKEN and letter not in (b'\t', b'\r', b'\n')]
        letter = self.rng.choice(letters)
        return b'\\' + letter if letter in (b'.', b'-') else letter

    def atom(self, kind, depth, groups):
        rng = self.rng
        choice = rng.random()
        if depth <= 0 or choice < 0.45:
            return b''.join(self.letter(kind) for _ in range(rng.choice((1, 1, 1, 2, 3))))
        if choice < 0.62:
            return rng.choice(kind.classes)
        # What asserts an end may or may not match beside a byte that is not UTF-8: PCRE2's JIT and interpreter differ.
        if choice < 0.68 and not kind.broken:
            return rng.choice((b'^', b'$', rb'\A', rb'\z', rb'\Z'))
        if choice < 0.74 and groups[0]:
            return rb'\%d' % rng.randint(1, min(groups[0], 9))
        if choice < 0.80:
            kind_of = rng.choice((b'(?=', b'(?!', b'(?<=', b'(?<!'))
            if kind_of.startswith(b'(?<'):
                return kind_of + rng.choice((self.letter(kind), b'.', b'[^a]' if kind.broken else b'^', b'[^a]')) + b')'
            return kind_of + self.sequence(kind, depth - 1, groups) + b')'
        opening = rng.choice((b'(', b'(?:', b'(?:', b'(?>', b'(?i:', b'(?-i:', b'(?|'))
        groups_before = groups[0]
        if opening == b'(':
            inside = self.alternation(kind, depth - 1, groups)
            groups[0] = max(groups[0], groups_before) + 1
        elif opening == b'(?|':
            inside = self.alternation(kind, depth - 1, [0])
            opening = b'(?:' if b'(' in inside else opening
        else:
            inside = self.alternation(kind, depth - 1, groups)
        return opening + inside + b')'

    def sequence(self, kind, depth, groups):
        rng = self.rng
        parts = []
        for _ in range(rng.choice((1, 1, 2, 2, 3, 4))):
            atom = self.atom(kind, depth, groups)
            if rng.random() < 0.35 and not atom.startswith((b'^', b'$', rb'\A', rb'\z', rb'\Z', rb'\b', rb'\B', b'(?=', b'(?!', b'(?<')):
                if len(atom) > 1 and not atom.startswith((b'(', b'[', b'\\')):
                    atom = b'(?:' + atom + b')'
                atom += rng.choice((b'*', b'+', b'?', b'{2}', b'{1,3}', b'{0,2}', b'{2,}', b'*?', b'+?', b'??', b'*+', b'++'))
            parts.append(atom)
        return b''.join(parts)

    def alternation(self, kind, depth, groups):
        count = self.rng.choice((1, 1, 1, 2, 3))
        return b'|'.join(self.sequence(kind, depth, groups) if self.rng.random() < 0.95 else b'' for _ in range(count))

    def pattern(self, kind):
        rng = self.rng
        if rng.random() < 0.15:  # a literal, or nearly
            return b''.join(self.letter(kind) for _ in range(rng.randint(1, 4)))
        start = b'(?i)' if rng.random() < 0.05 else b''
        return start + self.alternation(kind, rng.choice((1, 2, 2, 3)), [0])

    def options(self, kind):
        rng = self.rng
        options = list(kind.options)
        for option, chance in (('-i', 0.2), ('-v', 0.2), ('-x', 0.1), ('-n', 0.35), ('-b', 0.2), ('-o', 0.25), ('-c', 0.1),
                               ('-l', 0.05), ('-L', 0.05), ('-q', 0.03), ('-H', 0.1), ('-h', 0.15),
                               ('--color=always', 0.15), ('-T', 0.07), ('-Z', 0.07), ('-w', 0.12)):
            if option == '-w' and rb'\w' not in kind.classes:
                continue
            if rng.random() < chance:
                options.append(option)
        if rng.random() < 0.3:  # context
            for option in '-A', '-B', '-C':
                if rng.random() < 0.5:
                    options.append(option + str(rng.choice((0, 1, 2, 3, 10, 1000))))
            if rng.random() < 0.2:
                options.append('-%d' % rng.randint(0, 30))
            if rng.random() < 0.2:
                options.append(rng.choice(('--no-group-separator', '--group-separator=XY', '--group-separator=')))
        if rng.random() < 0.15:
            options.append('-m%d' % rng.choice((0, 1, 2, 5, 50)))
        return options

    def case(self, kind, names):
        rng = self.rng
        patterns = [self.pattern(kind)]
        options = self.options(kind)
        # Behind an empty match grep goes on inside a character, and then does not look behind it, and takes what comes
        # for the start.
        if kind.locale != 'C' and (b'(?<' in patterns[0] or rb'\A' in patterns[0]):
            options = [option for option in options if option not in ('-o', '--color=always')]
        if rng.random() < 0.2:
            patterns.append(b''.join(self.letter(kind) for _ in range(rng.randint(1, 3))))
        return {'locale': kind.locale, 'needed': kind.options, 'options': options, 'split': comparison.random_split(rng),
                'patterns': patterns, 'names': rng.sample(names, rng.choice((1, 1, 2, 3)))}


# What grep tries at the start of a line only, and behind some bytes that are not UTF-8.
DOT_STAR = re.compile(rb'(?:^|[(|:>)])(?:\.|\\N)\*')


class Comparison(comparison.Comparison):
    def commands(self, case):
        options = [os.fsencode(option) for option in case['options']]
        names = [os.fsencode(name) for name in case['names']]
        ours = [os.fsencode(option) for option in case['split']] + options
        for pattern in case['patterns']:
            ours += [b'-e', pattern]
        return ours + [b'--'] + names, [b'-P'] + options + [b'-e', joined(case['patterns']), b'--'] + names

    def agree(self, case, ours, theirs):
        if self.decided:
            broken = '-a' in case['needed'] and any(DOT_STAR.search(pattern) for pattern in case['patterns'])
            return broken or ours[:2] == theirs[:2]
        # A mistake in the pattern has to be one for both; a limit that is exceeded need not.
        limits = (b'limit', b'exhausted', b'stack', b'recurs', b'too long', b'too large', b'heap')
        return ours[0] == 2 or any(word in theirs[2] for word in limits)


def joined(patterns):
    """One pattern for all, as grep -P wants it."""
    return patterns[0] if len(patterns) == 1 else b'|'.join(b'(?:' + pattern + b')' for pattern in patterns)


def main():
    run = comparison.Run('Compares mscan with grep -P.', 'DIFFERENTIAL_SECONDS', 20, several_differences=True)
    grep = comparison.gnu_grep(perl=True)
    with comparison.working_directory('differential') as directory:
        return comparison.compare(run, Comparison(directory, run.mscan, grep), KINDS, Generator(run.rng))


if __name__ == '__main__':
    sys.exit(main())
