package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"

	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
)

// pair is one certificate with its key, as paths of PEM files.
type pair struct{ certificate, key string }

// keys are the paths of all that the components need to trust each other.
type keys struct {
	authority                     string
	server                        pair
	tokens                        string // signs service account tokens
	admin, controllers, scheduler string // kubeconfigs
}

// issuer is a certificate authority that lives as long as one test run.
type issuer struct {
	dir         string
	certificate *x509.Certificate
	key         crypto.Signer
	serial      int64
}

func writeKeys(dir string, port int) (keys, error) {
	ca := &issuer{dir: dir}
	var k keys
	root, err := ca.issue("ca", &x509.Certificate{
		Subject: pkix.Name{CommonName: "test authority"}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	})
	if err != nil {
		return k, err
	}
	k.authority = root.certificate
	if k.server, err = ca.issue("server", &x509.Certificate{
		Subject:     pkix.Name{CommonName: "kube-apiserver"},
		DNSNames:    []string{"localhost", "kubernetes.default.svc"},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv4(10, 96, 0, 1)},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}); err != nil {
		return k, err
	}
	tokens, err := ca.issue("tokens", &x509.Certificate{Subject: pkix.Name{CommonName: "tokens"}})
	if err != nil {
		return k, err
	}
	k.tokens = tokens.key
	for path, user := range map[*string]pkix.Name{
		&k.admin:       {CommonName: "admin", Organization: []string{"system:masters"}},
		&k.controllers: {CommonName: "system:kube-controller-manager"},
		&k.scheduler:   {CommonName: "system:kube-scheduler"},
	} {
		if *path, err = ca.kubeconfig(user, port); err != nil {
			return k, err
		}
	}
	return k, nil
}

// issue signs one certificate; the first one signs itself and becomes the authority.
func (i *issuer) issue(name string, template *x509.Certificate) (pair, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return pair{}, err
	}
	i.serial++
	template.SerialNumber = big.NewInt(i.serial)
	template.NotBefore = time.Now().Add(-time.Hour)
	template.NotAfter = time.Now().Add(24 * time.Hour)
	if i.certificate == nil {
		i.certificate, i.key = template, key
	}
	signed, err := x509.CreateCertificate(rand.Reader, template, i.certificate, key.Public(), i.key)
	if err != nil {
		return pair{}, err
	}
	if template == i.certificate {
		if i.certificate, err = x509.ParseCertificate(signed); err != nil {
			return pair{}, err
		}
	}
	encoded, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return pair{}, err
	}
	files := pair{filepath.Join(i.dir, name+".crt"), filepath.Join(i.dir, name+".key")}
	if err := writePEM(files.certificate, "CERTIFICATE", signed); err != nil {
		return pair{}, err
	}
	return files, writePEM(files.key, "EC PRIVATE KEY", encoded)
}

func writePEM(path, kind string, bytes []byte) error {
	return os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: bytes}), 0o600)
}

// kubeconfig writes one that needs no other file, so that it can be copied.
func (i *issuer) kubeconfig(user pkix.Name, port int) (string, error) {
	name := filepath.Base(filepath.FromSlash(user.CommonName))
	files, err := i.issue(name, &x509.Certificate{
		Subject: user, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	})
	if err != nil {
		return "", err
	}
	config := api.NewConfig()
	config.Clusters["test"] = &api.Cluster{
		Server:               fmt.Sprintf("https://127.0.0.1:%d", port),
		CertificateAuthority: filepath.Join(i.dir, "ca.crt"),
	}
	config.AuthInfos[name] = &api.AuthInfo{ClientCertificate: files.certificate, ClientKey: files.key}
	config.Contexts["test"] = &api.Context{Cluster: "test", AuthInfo: name, Namespace: "default"}
	config.CurrentContext = "test"
	if err := api.FlattenConfig(config); err != nil {
		return "", err
	}
	path := filepath.Join(i.dir, name+".kubeconfig")
	return path, clientcmd.WriteToFile(*config, path)
}
