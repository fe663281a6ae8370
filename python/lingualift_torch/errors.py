"""What a person can mend, told in one line."""


class UserError(Exception):
    """Its message names the thing, says what is wrong and what to do; no traceback is shown."""
