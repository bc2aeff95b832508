"""What the passes of `make test` leave out, none of them needs."""

from tests.servers import COLLECTED, may_hold


def test_a_pass_of_its_own_reads_every_file_with_tests_for_it(request):
    """Of all files that were read here, which in the first pass are all there are."""
    assert not [pair for pair in request.config.stash[COLLECTED] if not may_hold(pair[1], pair[0])]
