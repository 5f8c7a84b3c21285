package limits

import (
	"errors"
	"runtime"
	"syscall"
	"testing"
)

func newGroup(t *testing.T, limit int64) Group {
	group, err := New("test", limit)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := group.Leave(); err != nil {
			t.Error(err)
		}
		if err := group.Remove(); err != nil {
			t.Error(err)
		}
	})
	return group
}

func read(t *testing.T, group Group, file string) int64 {
	value, err := group.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestALimitIsWholePages(t *testing.T) {
	group := newGroup(t, 10_000_000)
	if limit := read(t, group, "memory.limit_in_bytes"); limit != 10_002_432 {
		t.Errorf("the limit is %d", limit)
	}
}

func TestAGroupIsThereOnce(t *testing.T) {
	newGroup(t, 64<<20)
	if _, err := New("test", 64<<20); !errors.Is(err, syscall.EEXIST) {
		t.Error(err)
	}
}

func TestWhoIsInItIsCharged(t *testing.T) {
	group := newGroup(t, 1<<30)
	if err := group.Join(); err != nil {
		t.Fatal(err)
	}
	before := read(t, group, "memory.usage_in_bytes")
	touched := touch(64 << 20)
	if grown := read(t, group, "memory.usage_in_bytes") - before; grown < 48<<20 {
		t.Errorf("the usage has grown by %d", grown)
	}
	runtime.KeepAlive(touched)
	if err := group.Remove(); !errors.Is(err, syscall.EBUSY) {
		t.Errorf("with somebody in it: %v", err)
	}
}

func TestWhatIsAboveTheLimitFails(t *testing.T) {
	group := newGroup(t, 8<<20)
	if err := group.Join(); err != nil {
		t.Fatal(err)
	}
	touched := touch(64 << 20)
	if usage := read(t, group, "memory.usage_in_bytes"); usage > 8<<20 {
		t.Errorf("the usage is %d", usage)
	}
	if read(t, group, "memory.failcnt") == 0 {
		t.Error("nothing has failed")
	}
	runtime.KeepAlive(touched)
}

func touch(size int) []byte {
	memory := make([]byte, size)
	for at := 0; at < size; at += 4096 {
		memory[at] = 1
	}
	return memory
}
