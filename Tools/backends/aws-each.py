"""Usage: aws-each.py COMMANDS

Runs the AWS CLI on each element of COMMANDS, a JSON list of lists of arguments, in one process: most of what a command
takes is starting the CLI. Prints a JSON list of what each of them printed, and stops at the first that fails.
"""

import contextlib
import io
import json
import sys

from awscli.clidriver import create_clidriver


def main() -> int:
    driver = create_clidriver()
    answers = []
    for command in json.loads(sys.argv[1]):
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            status = driver.main(command)
        if status != 0:
            return status
        answers.append(output.getvalue())
    print(json.dumps(answers))
    return 0


if __name__ == "__main__":
    sys.exit(main())
