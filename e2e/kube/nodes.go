package main

import (
	"context"
	"fmt"

	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
)

// nodeCount is enough to spread replicas over.
const nodeCount = 3

// createNodes makes nodes that are ready for pods, though nothing stands behind them.
func createNodes(ctx context.Context, client kubernetes.Interface) error {
	for n := 1; n <= nodeCount; n++ {
		name := fmt.Sprintf("node-%d", n)
		node, err := client.CoreV1().Nodes().Create(ctx, &core.Node{ObjectMeta: meta.ObjectMeta{
			Name: name,
			Labels: map[string]string{
				core.LabelHostname:     name,
				core.LabelTopologyZone: fmt.Sprintf("zone-%d", n),
			},
		}}, meta.CreateOptions{})
		if err != nil {
			return err
		}
		// Admission taints each new node until somebody says that it is ready.
		node.Spec.Taints = nil
		if node, err = client.CoreV1().Nodes().Update(ctx, node, meta.UpdateOptions{}); err != nil {
			return err
		}
		size := core.ResourceList{
			core.ResourceCPU:    resource.MustParse("16"),
			core.ResourceMemory: resource.MustParse("64Gi"),
			core.ResourcePods:   resource.MustParse("110"),
		}
		node.Status.Capacity, node.Status.Allocatable = size, size
		node.Status.Conditions = []core.NodeCondition{{
			Type: core.NodeReady, Status: core.ConditionTrue, Reason: "Pretended",
			LastHeartbeatTime: meta.Now(), LastTransitionTime: meta.Now(),
		}}
		if _, err = client.CoreV1().Nodes().UpdateStatus(ctx, node, meta.UpdateOptions{}); err != nil {
			return err
		}
	}
	return nil
}
