#!/usr/bin/env python3
"""Compares mscan with GNU grep -E, -G and -F on random files, patterns and options.

    MSCAN=/path/to/mscan tests/differential-posix.py [--cases N] [--seed S] [--seconds T]

A case is one command over one to three files, in the locale C or C.UTF-8.  Without --cases it ends after T
seconds (20).  A difference is made small and shown with the commands that repeat it; the status is then 1.
Without GNU grep the status is 77.

Left out is what differs on purpose or what grep itself decides in two ways (section DIFFERENCES FROM GREP of the
manual): see departs().
"""
import os
import re
import resource
import signal
import subprocess
import sys

sys.dont_write_bytecode = True
import comparison  # noqa: E402

LETTERS = [b'a', b'b', b'c', b'A', b'B', b'1', b'2', b'_', b' ', b'-', b'x', b'.', b'*', b'+', b'[', b'{', b'\\', b'\t']
WIDE = [letter.encode() for letter in 'éÉжЖ日ßि²→']
# Without surrogates, which one of grep's two matchers takes for characters.
BROKEN = [b'\xff', b'\xc3', b'\x80', b'\xe2\x82']
CLASSES = [b'alpha', b'digit', b'alnum', b'upper', b'lower', b'space', b'blank', b'punct', b'print', b'graph', b'cntrl',
           b'xdigit']


class Kind:
    """A locale, the letters of texts and patterns, and options that are always given."""

    def __init__(self, locale, letters, options=()):
        self.locale, self.letters, self.options = locale, letters, list(options)
        self.broken = locale != 'C' and BROKEN[0] in letters


KINDS = [
    Kind('C', LETTERS),
    Kind('C', LETTERS + [b'\xe9', b'\xff', b'\x80']),
    Kind('C.UTF-8', LETTERS),
    Kind('C.UTF-8', LETTERS[:8] + WIDE),
    Kind('C.UTF-8', LETTERS[:8] + WIDE + BROKEN, ['-a']),
    Kind('C.UTF-8', LETTERS[:6]),
    Kind('C', LETTERS[:4]),
]

CPU_SECONDS = 10  # for one command

# An assertion that is repeated: grep's two matchers differ.
REPEATED_ASSERTION = re.compile(rb"(?:\^|\$|\\[<>bB`'])\\?[*+?{]")

# An operator with nothing to repeat: likewise.
OPERATOR_FIRST = re.compile(rb"(?:^|[(|])\\?[*+?{]")


class Generator:
    def __init__(self, rng):
        self.rng = rng

    def text(self, kind):
        rng = self.rng
        letters = rng.sample(kind.letters, rng.randint(2, min(6, len(kind.letters))))
        lines = []
        for _ in range(rng.choice((0, 1, 5, 60, 200))):
            length = rng.choice((0, 1, 2, 3, 5, 8, 13, 30))
            if rng.random() < 0.005:
                length = rng.choice((200, 3000))
            lines.append(b''.join(rng.choices(letters, k=length)))
        text = b'\n'.join(lines)
        return text + b'\n' if text and rng.random() < 0.8 else text

    def letter(self, kind):
        letters = [letter for letter in kind.letters if letter not in BROKEN and letter not in (b'\t',)]
        letter = self.rng.choice(letters)
        if letter in (b'\xe9', b'\xff', b'\x80'):
            return letter
        return b'\\' + letter if letter in (b'.', b'*', b'[', b'\\') else b'[' + letter + b']' if letter in b'+{' else letter

    def bracket(self, kind):
        rng = self.rng
        members = []
        for _ in range(rng.choice((1, 1, 2, 3))):
            choice = rng.random()
            if choice < 0.45:
                letter = rng.choice([letter for letter in kind.letters if letter not in BROKEN or kind.locale == 'C'])
                members.append(letter)
            elif choice < 0.65:
                members.append(rng.choice((b'a-c', b'A-C', b'a-z', b'0-9', b'A-z', b' -~', b'+--', b'b-b')))
            elif choice < 0.9:
                members.append(b'[:' + rng.choice(CLASSES) + b':]')
            else:
                members.append(rng.choice((b'[=a=]', b'[.-.]', b'[.a.]-c', b'[=.=]', b'[.].]')))
        body = b''.join(members)
        if rng.random() < 0.1:
            body = b']' + body
        if rng.random() < 0.1:
            body += b'-'
        return b'[' + (b'^' if rng.random() < 0.25 else b'') + body + b']'

    def atom(self, kind, extended, depth, groups):
        rng = self.rng
        choice = rng.random()
        if depth <= 0 or choice < 0.5:
            return self.letter(kind), True
        if choice < 0.62:
            return self.bracket(kind), True
        if choice < 0.69:
            return b'.', True
        if choice < 0.74:
            return rng.choice((rb'\w', rb'\W', rb'\s', rb'\S')), True
        if choice < 0.79:
            return rng.choice((rb'\<', rb'\>', rb'\b', rb'\B', rb'\`', rb"\'", b'^', b'$')), False
        if choice < 0.82 and groups[0]:
            return rb'\%d' % rng.randint(1, min(groups[0], 9)), True
        inside = self.alternation(kind, extended, depth - 1, groups)
        groups[0] += 1
        return (b'(' + inside + b')' if extended else rb'\(' + inside + rb'\)'), True

    def operator(self, extended):
        chosen = self.rng.choice((b'*', b'*', b'+', b'?', b'{2}', b'{1,2}', b'{,2}', b'{2,}', b'{0,1}', b'{0}', b'{,}', b'{1}'))
        if extended or chosen == b'*':
            return chosen
        return b'\\' + (chosen[:-1] + b'\\}' if chosen[:1] == b'{' else chosen)

    def sequence(self, kind, extended, depth, groups):
        rng = self.rng
        parts = []
        for _ in range(rng.choice((1, 1, 2, 2, 3, 4))):
            atom, repeatable = self.atom(kind, extended, depth, groups)
            while repeatable and rng.random() < 0.28:
                atom += self.operator(extended)
            parts.append(atom)
        return b''.join(parts)

    def alternation(self, kind, extended, depth, groups):
        count = self.rng.choice((1, 1, 1, 2, 3))
        return (b'|' if extended else rb'\|').join(
            self.sequence(kind, extended, depth, groups) if self.rng.random() < 0.95 else b'' for _ in range(count))

    def noise(self, extended):
        """Punctuation in any order: most of it is wrong, and both have to say so."""
        pieces = [b'a', b'b', b'1', b',', b'*', b'+', b'?', b'{', b'}', b'(', b')', b'|', b'[', b']', b'^', b'$', b'.', b'-',
                  b'[a', b'[:', b':]', b'[[:alpha:]]', rb'\{', rb'\}', rb'\(', rb'\)', rb'\|', rb'\1', rb'\+', rb'\?', b'{1}',
                  b'{1,2}', rb'\{1\}', b'(a)', rb'\(a\)', b'\\', b'[=a=]', b'[.', b'.]', b'[^', b'a-b', rb'\.']
        return b''.join(self.rng.choices(pieces, k=self.rng.randint(1, 6)))

    def pattern(self, kind, syntax):
        rng = self.rng
        if syntax == '-F':
            letters = kind.letters if rng.random() < 0.1 else [letter for letter in kind.letters if letter not in BROKEN]
            return b''.join(rng.choices(letters, k=rng.choice((0, 1, 1, 2, 2, 3, 4))))
        if rng.random() < 0.08:
            return self.noise(syntax == '-E')
        if rng.random() < 0.1:
            return b''.join(self.letter(kind) for _ in range(rng.randint(1, 4)))
        return self.alternation(kind, syntax == '-E', rng.choice((1, 2, 2, 3)), [0])

    def options(self, kind):
        rng = self.rng
        options = list(kind.options)
        for option, chance in (('-i', 0.2), ('-v', 0.15), ('-x', 0.1), ('-n', 0.3), ('-b', 0.2), ('-o', 0.4), ('-c', 0.08),
                               ('-l', 0.04), ('-L', 0.04), ('-q', 0.03), ('-H', 0.1), ('-h', 0.15),
                               ('--color=always', 0.25), ('-w', 0.15)):
            if rng.random() < chance:
                options.append(option)
        if rng.random() < 0.15:
            options.append('-m%d' % rng.choice((0, 1, 2, 5, 50)))
        return options


    def case(self, kind, names):
        rng = self.rng
        syntax = rng.choice(('-E', '-E', '-G', '-G', '-F'))
        patterns = [self.pattern(kind, syntax) for _ in range(rng.choice((1, 1, 1, 2, 3)))]
        return {'locale': kind.locale, 'needed': kind.options, 'options': self.options(kind),
                'split': comparison.random_split(rng), 'patterns': patterns, 'syntax': syntax,
                'names': rng.sample(names, rng.choice((1, 1, 2, 3)))}


class Comparison(comparison.Comparison):
    def commands(self, case):
        options = [os.fsencode(option) for option in case['options']]
        patterns = [argument for pattern in case['patterns'] for argument in (b'-e', pattern)]
        rest = [os.fsencode(case['syntax'])] + options + patterns + [b'--'] + [os.fsencode(name) for name in case['names']]
        return [os.fsencode(option) for option in case['split']] + rest, rest

    def departs(self, case, message):
        """Whether a difference is one that is meant."""
        options, patterns = case['options'], case['patterns']
        if b'warning' in message:  # an operator with nothing before it: grep's two matchers differ
            return True
        if b'stack overflow' in message or b'exhausted' in message:
            return True
        # With back-references a line may take for ever, and the C library misses matches where the group may be empty.
        if case['syntax'] != '-F' and any(re.search(rb'\\[1-9]', pattern) and re.search(rb'[*?{|]|\(\\?\)', pattern)
                                          for pattern in patterns):
            return True
        if '-m0' in options:  # grep does not look at the pattern then
            return True
        # grep prints empty matches then, and a newline in color.
        if '-x' in options and '-w' in options and ('-o' in options or '--color=always' in options):
            return True
        # Behind the first match of a line grep looks for no shorter match that is a word, and with -F not at what
        # stands before a match.
        shown = '-o' in options or '--color=always' in options
        if '-w' in options and shown:
            return True
        # With -w grep does not try an empty match that is shorter than another, and tries some inside characters.
        if '-w' in options and any(self.matches_empty(case, pattern) for pattern in patterns):
            return True
        if case['syntax'] == '-F':
            return False
        text = b'\n'.join(patterns)
        # Without regard to case, the range is that of capitals in one of grep's matchers.
        if '-i' in options and b'A-z' in text:
            return True
        if OPERATOR_FIRST.search(text):
            return True
        # With -w and -x a parenthesis closes the one that grep puts around the pattern.
        if case['syntax'] == '-E' and ('-w' in options or '-x' in options) and text.count(b')') != text.count(b'('):
            return True
        # The C library's matcher takes an assertion in a group that is repeated for decided once and for all, and so
        # one behind an empty alternative.  It finds matches, and in UTF-8 and with [. or [= it decides about lines too.
        by_library = shown or case['locale'] != 'C' or b'[.' in text or b'[=' in text
        if by_library and re.search(rb"\)\\?[*+?{]|\(\\?\||\|\\?[|)]", text) and re.search(rb"\\[<>bB`']|\^|\$", text):
            return True
        # The C library takes bytes that are not UTF-8 for letters beside assertions about words.
        if '-a' in options and any(re.search(rb'\\[<>bB]', pattern) for pattern in patterns):
            return True
        return any(REPEATED_ASSERTION.search(pattern) for pattern in patterns)

    def matches_empty(self, case, pattern):
        command = [self.grep.path, case['syntax'], '-q', '-e', pattern]
        return subprocess.run(command, input=b'\n', env=comparison.environment(case['locale']), stderr=subprocess.DEVNULL,
                              check=False).returncode != 1

    def agree(self, case, ours, theirs):
        # Some patterns take grep for ever.
        return theirs[0] == -signal.SIGXCPU or ours[:2] == theirs[:2] or self.departs(case, theirs[2])


def main():
    run = comparison.Run('Compares mscan with grep -E, -G and -F.', 'DIFFERENTIAL_SECONDS', 20, several_differences=True)
    grep = comparison.gnu_grep()
    # This program ignores for itself what ends those it runs.
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, resource.getrlimit(resource.RLIMIT_CPU)[1]))
    with comparison.working_directory('differential') as directory:
        return comparison.compare(run, Comparison(directory, run.mscan, grep), KINDS, Generator(run.rng))


if __name__ == '__main__':
    sys.exit(main())
