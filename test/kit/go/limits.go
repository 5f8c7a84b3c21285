// Package limits runs work in cgroups of version 1 that are limited.
package limits

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// Root is where the memory controller's hierarchy is mounted.
const Root = "/sys/fs/cgroup/memory"

// Group is a cgroup, by its path.
type Group string

// New makes a group below Root whose limit is so many bytes.
func New(name string, limit int64) (Group, error) {
	group := Group(filepath.Join(Root, name))
	if err := os.Mkdir(string(group), 0o755); err != nil {
		return "", err
	}
	if err := group.write("memory.limit_in_bytes", limit); err != nil {
		group.Remove()
		return "", err
	}
	return group, nil
}

// Join moves this process into the group: memory is charged where its first thread is, and what that begins follows.
func (group Group) Join() error { return group.write("tasks", int64(os.Getpid())) }

// Leave moves all threads that are in the group to the root.
func (group Group) Leave() error {
	for {
		text, err := os.ReadFile(filepath.Join(string(group), "tasks"))
		if err != nil || len(text) == 0 {
			return err
		}
		for _, id := range strings.Fields(string(text)) {
			err := os.WriteFile(filepath.Join(Root, "tasks"), []byte(id), 0o644)
			if err != nil && !errors.Is(err, syscall.ESRCH) {
				return err
			}
		}
	}
}

// Read answers the number in a control file.
func (group Group) Read(file string) (int64, error) {
	text, err := os.ReadFile(filepath.Join(string(group), file))
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
}

// Remove removes the group; EBUSY: somebody is in it.
func (group Group) Remove() error { return os.Remove(string(group)) }

func (group Group) write(file string, value int64) error {
	text := strconv.FormatInt(value, 10)
	return os.WriteFile(filepath.Join(string(group), file), []byte(text), 0o644)
}
