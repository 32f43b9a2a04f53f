#!/usr/bin/env python3
"""Compares what mscan prints of the parts of a file with what it prints of all of it.

    MSCAN=/path/to/mscan tests/shares.py [--cases N] [--seed S] [--seconds T]

A case is a file, a command, and how the file is divided: by --shard, or by --byte-range at random places.  What the
parts print, one after the other, is what one run prints; only the separators between groups of lines of two parts are
missing, and counts are added up.  And they are merged: `--merge` prints what one run prints, byte for byte but times in JSON, also
where lines are no text.  Parts are mapped and read, with threads and chunks of all sizes.  Without --cases it
ends after T seconds (10).
"""
import os
import re
import shlex
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
import comparison  # noqa: E402

PATTERNS = ['m', 'mm', 'a.*b', '^$', 'x$', 'mx', '[ab]m', '(a)\\1', 'q', '', '\\w+', 'ä', '^.{20}']
WORDS = ['m', 'mm', 'a', 'ab', 'x', ' ', 'q', 'ä', '\u2003', '\t', 'aa', 'b' * 30]


class Case:
    def __init__(self, rng):
        self.null = rng.random() < 0.1
        self.end = '\0' if self.null else '\n'
        self.text = self.make_text(rng)
        self.binary = False
        self.kind = rng.choice(('lines', 'lines', 'lines', 'lines', 'count', 'matches', 'list', 'without', 'wc', 'json', 'tally'))
        if self.kind == 'wc':
            self.null = False
            self.command = ['--wc', rng.choice(('-l', '-w', '-m', '-c', '-L', '-lwmcL'))]
            if rng.random() < 0.2:
                self.kind = 'json'
                self.command.append('--json')
        elif self.kind == 'tally':
            self.null = False
            self.command = [rng.choice(('--tally', '--tally', '--tally=2')), '--tally-order=' +
                            rng.choice(('count', 'value', 'first'))]
            self.command += [option for option in ('-i', '-w', '-H', '--json', '--replace=<$0>') if rng.random() < 0.2]
            self.command += ['-e', rng.choice(PATTERNS)]
        else:
            self.command = self.make_command(rng)
        self.split = [rng.choice(('--mmap', '--no-mmap')), '-j%d' % rng.choice((1, 2, 3)),
                      '--chunk-size=%d' % rng.choice((1, 7, 64, 1000, 100000))]
        self.ranges = self.make_ranges(rng)

    def make_text(self, rng):
        dense = rng.choice((0.02, 0.2, 0.5))
        lines = []
        for _ in range(rng.choice((0, 1, 2, 5, 20, 60, 200))):
            lines.append(''.join(rng.choice(WORDS) for _ in range(rng.randrange(8))) if rng.random() < dense else
                         rng.choice(('', 'z', 'zz y', 'k' * rng.randrange(50))))
        text = self.end.join(lines)
        if lines and rng.random() < 0.8:
            text += self.end
        data = text.encode()
        if rng.random() < 0.1:
            data = b'\xef\xbb\xbf' + data
        if rng.random() < 0.2:
            data = data.replace(b'zz', rng.choice((b'\xff\x80', b'\0')))
        if rng.random() < 0.1:
            data = data.replace(b'mm', rng.choice((b'\xffm', b'm\0')))
        return data

    def make_command(self, rng):
        options = {'lines': [], 'count': ['-c'], 'matches': ['--count-matches'], 'list': ['-l'], 'without': ['-L'],
                   'json': ['--json']}[self.kind]
        if self.null:
            options = options + ['-z']
        for option, chance in (('-v', 0.2), ('-i', 0.1), ('-b', 0.3), ('-H', 0.3), ('-T', 0.1), ('-w', 0.1),
                               ('--crlf', 0.05), ('--no-unicode', 0.1)):
            if rng.random() < chance:
                options = options + [option]
        self.binary = rng.random() < 0.2
        if not self.binary:
            options = options + [rng.choice(('-a', '-a', '-I'))]
        if self.kind in ('lines', 'json'):
            for option in ('-A', '-B', '-C'):
                if rng.random() < 0.3:
                    options.append('%s%d' % (option, rng.choice((0, 1, 2, 5, 40))))
            for option, chance in (('-n', 0.4), ('-o', 0.15), ('--passthru', 0.1), ('--color=always', 0.1),
                                   ('--column', 0.1), ('--replace=<$0>', 0.1), ('--max-columns=9', 0.1),
                                   ('--group-separator=XY', 0.1), ('--no-group-separator', 0.1)):
                if rng.random() < chance:
                    options.append(option)
        return options + ['-e', rng.choice(PATTERNS)]

    def make_ranges(self, rng):
        count, size = rng.choice((1, 2, 3, 5, 17)), len(self.text)
        if rng.random() < 0.5:
            return ['--shard=%d/%d' % (k, count) for k in range(count)]
        cuts = sorted([0] + [rng.randrange(size + 1) for _ in range(count - 1)])
        ranges = ['--byte-range=%d,%d' % (a, b - a) for a, b in zip(cuts, cuts[1:])]
        return ranges + ['--byte-range=%d' % cuts[-1]]

    def run(self, mscan, options):
        first = 1 if self.command[0] == '--wc' else 0
        command = [mscan] + self.command[:first] + options + self.command[first:] + self.split + ['f']
        if '--color=always' not in self.command:
            command = [argument for argument in command if argument]
        return command, subprocess.run(command, capture_output=True, check=False, timeout=60)

    def separator(self):
        if '--no-group-separator' in self.command:
            return b''
        separator = b'XY\n' if '--group-separator=XY' in self.command else b'--\n'
        if '--color=always' in self.command:
            separator = b'\33[36m\33[K' + separator[:-1] + b'\33[m\33[K\n'
        return separator


def joined(case, whole, parts):
    """What one run would print, as far as the parts tell."""
    if case.kind in ('json', 'tally'):  # only what is merged can be compared
        return whole
    if case.kind == 'lines':
        # A part may print nothing of a group but the separator before it, with -o.
        places, separator = {0}, case.separator()
        for part in parts:
            places = {place + len(text) for place in places for text in (part, separator + part)
                      if whole[place:].startswith(text)}
        return whole if len(whole) in places else None
    if case.kind == 'without':
        return whole if all(parts) == bool(whole) else None
    if case.kind == 'list':
        return next((part for part in parts if part), b'')
    if case.kind == 'wc':
        counts = [[int(word) for word in part.split()[:-1]] for part in parts]
        longest = len(counts[0]) - 1 if 'L' in case.command[1] else -1
        return [max(column) if index == longest else sum(column) for index, column in enumerate(zip(*counts))]
    prefix = b'f:' if '-H' in case.command else b''
    return b'%s%d\n' % (prefix, sum(int(part.split(b':')[-1]) for part in parts))


def timeless(case, text):
    return re.sub(rb'"elapsed(_total)?":\{[^}]*\}', b'', text) if case.kind == 'json' else text


def merged(case, mscan, numbers):
    """The merge of all parts, which are written in another order than theirs, and its status."""
    shutil.rmtree('parts', ignore_errors=True)
    os.mkdir('parts')
    for index, part in reversed(list(enumerate(case.ranges))):
        options = [part, '--output=parts/%d' % index, '--manifest=parts/%d.json' % index] + numbers
        command, result = case.run(mscan, options)
        if result.returncode > 1 or result.stdout or result.stderr:
            return command, result
    command = [mscan, '--merge', 'parts']
    return command, subprocess.run(command, capture_output=True, check=False, timeout=60)


def main():
    run = comparison.Run(__doc__, 'SHARES_SECONDS', 10)
    merges = b'built without' not in subprocess.run([run.mscan, '--merge', '/nowhere'], capture_output=True,
                                                    check=False).stderr
    with comparison.working_directory('shares'):
        for number in run.cases():
            case = Case(run.rng)
            with open('f', 'wb') as file:
                file.write(case.text)
            _, whole = case.run(run.mscan, [])
            numbers = ['--line-base=count'] if case.command[0] != '--wc' else []
            runs = [case.run(run.mscan, [part] + numbers) for part in case.ranges]
            found = joined(case, whole.stdout, [result.stdout for _, result in runs])
            wanted = [int(word) for word in whole.stdout.split()[:-1]] if case.kind == 'wc' else whole.stdout
            statuses = [result.returncode for _, result in runs]
            wrong = (found != wanted and not case.binary) or min(statuses) != whole.returncode or max(statuses) > 1
            nothing = '-v' in case.command and case.command[-1] == ''  # is looked at, and --manifest says so
            if merges and not whole.stderr and not wrong and not nothing:
                command, result = merged(case, run.mscan, numbers)
                runs.append((command, result))
                wrong = timeless(case, result.stdout) != timeless(case, whole.stdout) or result.returncode != whole.returncode or result.stderr
            if wrong:
                print('case %d of seed %d: parts and whole differ (statuses %s, %d)'
                      % (number, run.seed, statuses, whole.returncode))
                print('text: %r' % case.text)
                for command, result in runs:
                    print(shlex.join(command), '\n  %r %r' % (result.stdout, result.stderr))
                print('whole: %r %r' % (whole.stdout, whole.stderr))
                return 1
    print('%d cases' % run.number)
    return 0


if __name__ == '__main__':
    sys.exit(main())
