import errno
import unittest

from limits import Group

MIB = 1 << 20


class LimitsTest(unittest.TestCase):
    def group(self, limit: int) -> Group:
        group = Group("test", limit)
        self.addCleanup(group.remove)
        return group

    def test_a_limit_is_whole_pages(self):
        self.assertEqual(self.group(10_000_000).read("memory.limit_in_bytes"), 10_002_432)

    def test_a_group_is_there_once(self):
        self.group(64 * MIB)
        with self.assertRaises(FileExistsError):
            Group("test", 64 * MIB)

    def test_who_is_in_it_is_charged(self):
        with self.group(1024 * MIB) as group:
            before = group.read("memory.usage_in_bytes")
            touched = b"x" * (64 * MIB)
            self.assertGreater(group.read("memory.usage_in_bytes") - before, 48 * MIB)
            del touched
            with self.assertRaises(OSError) as refused:
                group.remove()
            self.assertEqual(refused.exception.errno, errno.EBUSY)

    def test_what_is_above_the_limit_fails(self):
        with self.group(8 * MIB) as group:
            touched = b"x" * (64 * MIB)
            self.assertLessEqual(group.read("memory.usage_in_bytes"), 8 * MIB)
            self.assertGreater(group.read("memory.failcnt"), 0)
            del touched
