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
import argparse
import os
import random
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

LIMIT = 60  # seconds for one command


class Program:
    """A program that is run many times, with its output in files: no threads, no pipes, little to set up."""

    def __init__(self, path, directory, name):
        self.path, self.output = path, os.path.join(directory, name)

    def start(self, arguments, environment):
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        return os.posix_spawn(self.path, [self.path, *arguments], environment, file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, '/dev/null', os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, self.output + '.out', flags, 0o600),
            (os.POSIX_SPAWN_OPEN, 2, self.output + '.err', flags, 0o600)])

    def finish(self, pid):
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        with open(self.output + '.out', 'rb') as out, open(self.output + '.err', 'rb') as err:
            return status, out.read(), err.read()


class Kind:
    """A locale, the letters that text and patterns are made of, and what patterns may use."""

    def __init__(self, locale, letters, classes, options):
        self.locale, self.letters, self.classes, self.options = locale, letters, classes, options
        self.end = b'\0' if '-z' in options else b'\n'
        self.broken = locale != 'C' and BROKEN[0] in letters


ASCII_CLASSES = [rb'\w', rb'\d', rb'\s', rb'\W', rb'\D', rb'\S', rb'[[:alpha:]]', rb'[[:punct:]]', rb'[a-c]', rb'[^a]',
                 rb'[b1-]', rb'\h', rb'.', rb'[^\w]', rb'\N']
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

    def split(self):
        rng = self.rng
        options = [rng.choice(('--mmap', '--no-mmap'))]
        options += rng.choice(([], ['-j1'], ['-j2'], ['-j3'], ['-j8']))
        size = rng.choice((None, None, 1, 7, 64, 1000))
        return options + (['--chunk-size=%d' % size] if size else [])


class Comparison:
    def __init__(self, directory, mscan, grep):
        self.directory = directory
        self.mscan, self.grep = Program(mscan, directory, 'mscan'), Program(grep, directory, 'grep')
        self.environment = {key: value for key, value in os.environ.items()
                            if not key.startswith(('LC_', 'LANG', 'GREP_', 'NO_COLOR', 'MSCAN_THREADS'))}

    def write(self, name, text):
        with open(os.path.join(self.directory, name), 'wb') as file:
            file.write(text)

    def commands(self, case):
        options = [os.fsencode(option) for option in case['options']]
        names = [os.fsencode(name) for name in case['names']]
        ours = [os.fsencode(option) for option in case['split']] + options
        for pattern in case['patterns']:
            ours += [b'-e', pattern]
        patterns = case['patterns']
        joined = patterns[0] if len(patterns) == 1 else b'|'.join(b'(?:' + pattern + b')' for pattern in patterns)
        return ours + [b'--'] + names, [b'-P'] + options + [b'-e', joined, b'--'] + names

    def run(self, case):
        """None: equal.  Else what both said.  Only a case that grep can decide counts."""
        ours, theirs = self.commands(case)
        environment = dict(self.environment, LC_ALL=case['locale'])
        theirs_pid = self.grep.start(theirs, environment)
        ours_pid = self.mscan.start(ours, environment)
        their_result, our_result = self.grep.finish(theirs_pid), self.mscan.finish(ours_pid)
        status, out, _ = their_result
        self.decided = status in (0, 1)
        if not self.decided:
            # A mistake in the pattern has to be one for both; a limit that is exceeded need not.
            limits = (b'limit', b'exhausted', b'stack', b'recurs', b'too long', b'too large', b'heap')
            if any(word in their_result[2] for word in limits) or our_result[0] == 2:
                return None
            return our_result, their_result
        return None if our_result[:2] == (status, out) else (our_result, their_result)


def smaller(items):
    """Lists with fewer items, those with the fewest first."""
    size = len(items) // 2
    while size:
        for start in range(0, len(items), size):
            yield items[:start] + items[start + size:]
        size //= 2


def minimise(comparison, case, texts):
    """Takes away files, options, lines and parts of patterns as long as there is a difference."""
    deadline = time.monotonic() + 20

    def differs(trial):
        return time.monotonic() < deadline and comparison.run(trial) is not None

    changed = True
    while changed and time.monotonic() < deadline:
        changed = False
        for key in ('names', 'options', 'split', 'patterns'):
            for index in range(len(case[key]) - 1, -1, -1):
                trial = dict(case, **{key: case[key][:index] + case[key][index + 1:]})
                if trial['names'] and trial['patterns'] and set(case['needed']) <= set(trial['options']) and differs(trial):
                    case, changed = trial, True
        for name in case['names']:
            # Characters, not bytes: a half of one would be another difference.
            charset = 'latin-1' if case['locale'] == 'C' else 'utf-8'
            for separator, least in ((b'\n', 2), (b'', 1)):
                again = True
                while again and time.monotonic() < deadline:
                    again = False
                    parts = texts[name].split(b'\n') if separator else [
                        character.encode(charset, 'surrogateescape')
                        for character in texts[name].decode(charset, 'surrogateescape')]
                    if len(parts) < least or (not separator and len(parts) > 300):
                        break
                    for fewer in smaller(parts):
                        text = separator.join(fewer)
                        comparison.write(name, text)
                        if differs(case):
                            texts[name], again, changed = text, True, True
                            break
                    else:
                        comparison.write(name, texts[name])
        for index, pattern in enumerate(case['patterns']):
            for cut in smaller([character.encode(charset, 'surrogateescape')
                                for character in pattern.decode(charset, 'surrogateescape')]):
                shorter = b''.join(cut)
                trial = dict(case, patterns=case['patterns'][:index] + [shorter] + case['patterns'][index + 1:])
                if shorter and differs(trial):
                    case, changed = trial, True
                    break
    return case


def quoted(argument):
    text = argument.decode('latin-1')
    if all(' ' <= character <= '~' for character in text):
        return shlex.quote(text)
    return "$'" + ''.join(character if ' ' <= character <= '~' and character not in "'\\" else '\\x%02x' % ord(character)
                          for character in text) + "'"


def show(comparison, case, texts, number, seed):
    result = comparison.run(case)
    print('DIFFERENCE in case %d of seed %d:' % (number, seed))
    for name in case['names']:
        text = texts[name]
        print('  printf %%b %s >%s' % (quoted(b''.join(
            bytes([byte]) if 32 <= byte < 127 and byte != 92 else b'\\0%03o' % byte for byte in text)), name))
    ours, theirs = comparison.commands(case)
    print('  LC_ALL=%s mscan %s' % (case['locale'], ' '.join(quoted(argument) for argument in ours)))
    print('  LC_ALL=%s grep  %s' % (case['locale'], ' '.join(quoted(argument) for argument in theirs)))
    if result:
        for name, (status, out, err) in zip(('mscan', 'grep'), result):
            print('  %-6s status %d, %r, %r' % (name, status, out[:300], err[:300]))
    else:
        print('  (the difference does not come back)')
    sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(description='Compares mscan with grep -P.')
    parser.add_argument('--cases', type=int, help='how many; without it, by time')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--seconds', type=float, default=float(os.environ.get('DIFFERENTIAL_SECONDS', '20')))
    parser.add_argument('--differences', type=int, default=1, help='how many to show before it ends')
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
    generator = Generator(rng)
    start = time.monotonic()
    number = decided = lines = differences = 0
    with tempfile.TemporaryDirectory(prefix='mscan-differential.') as directory:
        comparison = Comparison(directory, os.path.abspath(mscan), grep)
        os.chdir(directory)
        while number < arguments.cases if arguments.cases else time.monotonic() - start < arguments.seconds:
            if number % 20 == 0:  # new files
                kind = rng.choice(KINDS)
                texts = {name: generator.text(kind) for name in ('f1', 'f2', 'f3')}
                for name, text in texts.items():
                    comparison.write(name, text)
            number += 1
            patterns = [generator.pattern(kind)]
            options = generator.options(kind)
            # Behind an empty match grep goes on inside a character, and then does not look behind it, and takes what comes
            # for the start.
            if kind.locale != 'C' and (b'(?<' in patterns[0] or rb'\A' in patterns[0]):
                options = [option for option in options if option not in ('-o', '--color=always')]
            if rng.random() < 0.2:
                patterns.append(b''.join(generator.letter(kind) for _ in range(rng.randint(1, 3))))
            case = {'locale': kind.locale, 'needed': kind.options, 'options': options, 'split': generator.split(),
                    'patterns': patterns, 'names': rng.sample(sorted(texts), rng.choice((1, 1, 2, 3)))}
            if comparison.run(case) is not None:
                differences += 1
                kept = dict(texts)
                show(comparison, minimise(comparison, case, kept), kept, number, arguments.seed)
                for name, text in texts.items():
                    comparison.write(name, text)
                if differences >= arguments.differences:
                    break
            decided += comparison.decided
            lines += sum(texts[name].count(b'\n') for name in case['names'])
        os.chdir('/')
    print('%d cases (%d of them searches) over %d lines in %.1f s, seed %d: %d differences' %
          (number, decided, lines, time.monotonic() - start, arguments.seed, differences))
    return 1 if differences else 0


if __name__ == '__main__':
    sys.exit(main())
