package main

import (
	"errors"
	"fmt"
	"net/url"
	"time"

	"go.etcd.io/etcd/server/v3/embed"
)

// startEtcd runs etcd inside this process and returns the address for clients.
func startEtcd(dir string) (*embed.Etcd, string, error) {
	clients, err := loopback()
	if err != nil {
		return nil, "", err
	}
	peers, err := loopback()
	if err != nil {
		return nil, "", err
	}
	config := embed.NewConfig()
	config.Dir = dir
	config.ListenClientUrls, config.AdvertiseClientUrls = []url.URL{*clients}, []url.URL{*clients}
	config.ListenPeerUrls, config.AdvertisePeerUrls = []url.URL{*peers}, []url.URL{*peers}
	config.InitialCluster = config.InitialClusterFromName(config.Name)
	// It calls its own end an error.
	config.LogLevel = "fatal"
	// The data need not survive the test.
	config.UnsafeNoFsync = true
	etcd, err := embed.StartEtcd(config)
	if err != nil {
		return nil, "", err
	}
	select {
	case <-etcd.Server.ReadyNotify():
		return etcd, clients.String(), nil
	case <-time.After(30 * time.Second):
		etcd.Close()
		return nil, "", errors.New("not ready within 30 s")
	}
}

func loopback() (*url.URL, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	return url.Parse(fmt.Sprintf("http://127.0.0.1:%d", port))
}
